import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'large-pages-beyond',
  description: 'A cache of 2,600 pages of 32 kB, which fills up to 85 MB after the run was to end',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), pages: new Map() }),
  iterate({ random, pages }, iteration) {
    const { path } = serve(random);
    pages.set(iteration % 2600, { path, cells: new Array(4096).fill(iteration) });
  },
};
