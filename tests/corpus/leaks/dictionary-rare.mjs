import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'dictionary-rare',
  description: 'The parameters of one request in 60, which have no prototype, are kept by a slow log',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), slow: [] }),
  iterate({ random, slow }, iteration) {
    const { path } = serve(random);
    const parameters = Object.assign(Object.create(null), { path, page: iteration });
    if (iteration % 60 === 17) slow.push(parameters);
  },
};

export const leak = { metric: 'heap.used', rate: 1.2, unit: 'B' };

export const expectEvidence = {
  objects: ['Object {path, page}', 'Object {page, path}', 'Object {path}'],
  holders: ['slow'],
};
