import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'ttl-rounds',
  description: 'Entries live for 330 requests and are swept every 170th',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), cache: new Map() }),
  iterate({ random, cache }, iteration) {
    const { etag, user } = serve(random);
    cache.set(etag, { user, born: iteration });
    if (iteration % 170 > 0) return;
    for (const [key, { born }] of cache) if (born < iteration - 330) cache.delete(key);
  },
};
