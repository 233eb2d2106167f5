import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'promise-race',
  description: 'Each request races against one promise of the shutdown, which collects a reaction each time',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), shutdown: new Promise(() => {}) }),
  async iterate({ random, shutdown }) {
    const work = Promise.resolve().then(() => serve(random).total);
    await Promise.race([work, shutdown]);
  },
};

export const leak = { metric: 'heap.used', alternatives: ['population'], rate: 400, unit: 'B' };

export const expectEvidence = { objects: ['romise'], holders: ['shutdown'] };
