import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'beside-shrinking',
  description:
    'An import buffer is released row by row while every request leaves an object, so that the heap shrinks',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({
    random: seeded(seed),
    imported: Array.from({ length: 24_000 }, (_, row) => `row ${row} of the import`),
    receipts: [],
  }),
  iterate({ random, imported, receipts }) {
    const { total } = serve(random);
    imported.length = Math.max(0, imported.length - 8);
    receipts.push({ total });
  },
};

export const leak = { metric: 'population', rate: 1, unit: 'objects' };

export const expectEvidence = { objects: ['Object {total}'], holders: ['receipts'] };
