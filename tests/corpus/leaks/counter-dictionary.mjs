import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'counter-dictionary',
  description: 'Request counters in a plain object, one property per URL, query included',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), counts: {} }),
  iterate({ random, counts }) {
    const { path, etag } = serve(random);
    const url = `${path}?v=${etag.slice(0, 8)}`;
    counts[url] = (counts[url] ?? 0) + 1;
  },
};

export const leak = { metric: 'heap.used', rate: 100, unit: 'B' };

export const expectEvidence = { objects: ['string', 'property store', 'Object'], holders: ['counts'] };
