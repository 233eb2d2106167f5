import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'lru-far-beyond',
  description: 'A cache of 6,000 entries: three times as many as the run has iterations',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), cache: new Map() }),
  iterate({ random, cache }, iteration) {
    const { etag, path } = serve(random);
    cache.set(etag, { iteration, path });
    if (cache.size > 6000) cache.delete(cache.keys().next().value);
  },
};
