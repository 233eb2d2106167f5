import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'two-generations',
  description:
    'A cache of two generations: every 210 requests the young becomes the old and the old is dropped',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), young: new Map(), old: new Map() }),
  iterate(cache, iteration) {
    const { etag, user, path } = serve(cache.random);
    cache.young.set(etag, { user, path });
    if (iteration % 210 < 209) return;
    cache.old = cache.young;
    cache.young = new Map();
  },
};
