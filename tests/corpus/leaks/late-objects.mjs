import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'late-objects',
  description: 'Clean until seven tenths of the run, then each request’s totals are kept',
  expect: { default: 'leak' },
  setup: ({ seed, iterations }) => ({ random: seeded(seed), from: iterations * 0.7, kept: [] }),
  iterate({ random, from, kept }, iteration) {
    const { user, total } = serve(random);
    if (iteration >= from) kept.push({ user, total });
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 1, unit: 'objects' };

export const expectEvidence = { objects: ['Object {user, total}'], holders: ['kept'] };
