import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'lru-half',
  description: 'A cache of 1,000 entries, full after half the run',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), cache: new Map() }),
  iterate({ random, cache }, iteration) {
    const { etag, total } = serve(random);
    cache.set(etag, { iteration, total });
    if (cache.size > 1000) cache.delete(cache.keys().next().value);
  },
};

export const plateau = true;
