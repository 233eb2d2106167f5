import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'beside-noise',
  description: 'Result sets of random size come and go while every other request leaves 200 characters',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), results: Array(16).fill([]), texts: [] }),
  iterate({ random, results, texts }, iteration) {
    const { total, body } = serve(random);
    results[below(16, random)] = Array.from({ length: below(120, random) }, (_, row) => ({ row, total }));
    if (iteration % 2 === 0) texts.push(`${iteration} ${Buffer.from(body).toString('hex', 0, 100)}`);
  },
};

export const leak = { metric: 'heap.used', rate: 135, unit: 'B' };

export const expectEvidence = { objects: ['string'], holders: ['texts'] };
