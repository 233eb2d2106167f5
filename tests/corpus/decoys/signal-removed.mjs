import { setImmediate as turn } from 'node:timers/promises';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'signal-removed',
  description: 'Requests listen to the server’s abort signal and take their listener away when they end',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), shutdown: new AbortController() }),
  async iterate({ random, shutdown: { signal } }) {
    const request = new AbortController();
    const end = () => request.abort();
    signal.addEventListener('abort', end, { once: true });
    try {
      serve(random);
      await turn(undefined, { signal: request.signal });
    } finally {
      signal.removeEventListener('abort', end);
    }
  },
};
