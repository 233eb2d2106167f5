import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'small-object',
  description: 'One object of one property per request, in an array',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), seen: [] }),
  iterate({ random, seen }) {
    const { user } = serve(random);
    seen.push({ a: user });
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 1, unit: 'objects' };

export const expectEvidence = { objects: ['Object {a}'], holders: ['seen'] };
