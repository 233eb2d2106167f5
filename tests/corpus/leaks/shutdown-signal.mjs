import { setImmediate as turn } from 'node:timers/promises';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'shutdown-signal',
  description: 'Every tenth request listens to the server’s own abort signal and leaves its listener there',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), shutdown: new AbortController() }),
  async iterate({ random, shutdown }, iteration) {
    const request = serve(random);
    if (iteration % 10 !== 0) return;
    shutdown.signal.addEventListener('abort', () => request.body, { once: true });
    await turn();
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 3 / 10, unit: 'objects' };

export const expectEvidence = {
  allocator: 'serve',
  objects: ['Listener', 'function'],
  holders: ['kEvents', 'AbortSignal', 'signal'],
  kind: 'listener',
  created: ["shutdown.signal.addEventListener('abort'"],
};
