import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'memo-many-coupons',
  description:
    'Prices are memoised for 2,500 products that come at random: the last are met after ten times the run',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), prices: new Map() }),
  iterate({ random, prices }) {
    const { total } = serve(random);
    const product = below(2500, random);
    if (!prices.has(product)) prices.set(product, { net: total, gross: total * 1.19 });
    return prices.get(product).gross;
  },
};
