import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'large-object',
  description: 'A parsed answer of some 10 kB is kept at random, about one in a hundred',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), kept: [] }),
  iterate({ random, kept }) {
    const { body } = serve(random);
    if (random() < 0.01) kept.push(JSON.parse(`[${Array(14).fill(body).join()}]`));
  },
};

export const leak = { metric: 'heap.used', alternatives: ['population'], rate: 100, unit: 'B' };

export const expectEvidence = { objects: ['Array'], holders: ['kept'] };
