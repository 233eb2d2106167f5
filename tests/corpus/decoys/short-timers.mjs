import { setImmediate as turn } from 'node:timers/promises';
import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'short-timers',
  description: 'Every request leaves a timer that fires after 5 to 60 ms',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), open: new Set() }),
  async iterate({ random, open }) {
    const request = serve(random);
    open.add(request);
    setTimeout(() => open.delete(request), 5 + below(55, random));
    await turn();
  },
};
