import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const MOST = 5000;

export default {
  name: 'pictures-beyond',
  description:
    'A cache of 5,000 pictures of 16 to 56 kB off the heap, which fills up to 180 MB after the run was to end',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), pictures: new Map() }),
  iterate({ random, pictures }, iteration) {
    serve(random);
    pictures.set(iteration, Buffer.alloc(16_384 + below(40_000, random), 1));
    if (pictures.size > MOST) pictures.delete(pictures.keys().next().value);
  },
};
