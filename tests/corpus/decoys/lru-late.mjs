import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'lru-late',
  description: 'A cache of 1,800 entries, full after nine tenths of the run',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), cache: new Map() }),
  iterate({ random, cache }, iteration) {
    const { etag, user } = serve(random);
    cache.set(etag, { iteration, user });
    if (cache.size > 1800) cache.delete(cache.keys().next().value);
  },
};
