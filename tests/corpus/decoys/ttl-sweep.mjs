import { setTimeout as delay } from 'node:timers/promises';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'ttl-sweep',
  description: 'Entries live for 100 ms and are swept every 60 ms',
  expect: { default: 'steady' },
  setup({ seed }) {
    const cache = new Map();
    const sweep = () => {
      for (const [key, { until }] of cache) if (until < performance.now()) cache.delete(key);
    };
    return { random: seeded(seed), cache, timer: setInterval(sweep, 60) };
  },
  async iterate({ random, cache }, iteration) {
    const { etag, total } = serve(random);
    cache.set(etag, { total, until: performance.now() + 100 });
    if (iteration % 20 === 0) await delay(2);
  },
  teardown: ({ timer }) => clearInterval(timer),
};
