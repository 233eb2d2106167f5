import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'lru-early',
  description: 'A cache of 450 entries, full after a tenth of the run',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), cache: new Map() }),
  iterate({ random, cache }, iteration) {
    const { path, total } = serve(random);
    cache.set(`${path}#${iteration}`, { total, hits: below(9, random) });
    if (cache.size > 450) cache.delete(cache.keys().next().value);
  },
};
