import { setTimeout as delay } from 'node:timers/promises';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'ttl-slow-sweep',
  description: 'Entries live for 300 ms; every request looks whether the oldest has expired',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), cache: new Map() }),
  async iterate({ random, cache }, iteration) {
    const { etag, body } = serve(random);
    const now = performance.now();
    for (const [key, { until }] of cache) {
      if (until > now) break;
      cache.delete(key);
    }
    cache.set(etag, { body, until: now + 300 });
    if (iteration % 5 === 0) await delay(1);
  },
};
