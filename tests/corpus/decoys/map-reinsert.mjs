import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'map-reinsert',
  description: 'A map of 256 keys in order of use: each hit deletes and inserts again, so that it rehashes',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), recent: new Map() }),
  iterate({ random, recent }) {
    serve(random);
    for (let hit = 0; hit < 10; hit++) {
      const key = `key ${below(256, random)}`;
      recent.delete(key);
      recent.set(key, { hit });
    }
  },
};
