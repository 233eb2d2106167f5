import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'small-object-rare',
  description: 'One object of one property in forty requests, in an array',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), rejected: [] }),
  iterate({ random, rejected }, iteration) {
    const { user } = serve(random);
    if (iteration % 40 === 39) rejected.push({ a: user });
  },
};

export const leak = { metric: 'population', rate: 1 / 40, unit: 'objects' };

export const expectEvidence = { objects: ['Object {a}'], holders: ['rejected'] };
