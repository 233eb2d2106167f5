import { setTimeout as delay } from 'node:timers/promises';
import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'long-timers',
  description: 'One request in four leaves a timer that fires after 100 to 500 ms',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), pending: new Map() }),
  async iterate({ random, pending }, iteration) {
    const { etag, total } = serve(random);
    if (iteration % 4 === 0) {
      pending.set(etag, { total });
      setTimeout(() => pending.delete(etag), 100 + below(400, random)).unref();
    }
    if (iteration % 3 === 0) await delay(1);
  },
};
