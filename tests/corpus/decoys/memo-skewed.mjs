import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'memo-skewed',
  description:
    'Compiled routes for 400 pages, some of which are asked for a thousand times as often as others',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), routes: {} }),
  iterate({ random, routes }) {
    const { total } = serve(random);
    const page = `/page/${Math.floor(400 * random() ** 3)}`;
    routes[page] ??= { pattern: new RegExp(`^${page}(?:/|$)`), hits: [] };
    routes[page].hits[0] = total;
  },
};
