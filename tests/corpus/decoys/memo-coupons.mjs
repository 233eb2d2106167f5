import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'memo-coupons',
  description: 'Prices are memoised for 600 products that come at random, so that the last ones take long',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), prices: new Map() }),
  iterate({ random, prices }) {
    const { total } = serve(random);
    const product = below(600, random);
    if (!prices.has(product)) prices.set(product, { net: total, gross: total * 1.19 });
    return prices.get(product).gross;
  },
};
