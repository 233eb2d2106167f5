import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'lru-beyond',
  description: 'A cache of 3,000 entries: half as much again as the run has iterations',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), cache: new Map() }),
  iterate({ random, cache }, iteration) {
    const { etag, path } = serve(random);
    cache.set(etag, { iteration, path });
    if (cache.size > 3000) cache.delete(cache.keys().next().value);
  },
};
