import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'sorted-index',
  description: 'The last 600 orders, with an index sorted by total that is rebuilt every hundredth request',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), orders: [], index: [] }),
  iterate(shop, iteration) {
    const { user, total } = serve(shop.random);
    shop.orders.push({ user, total });
    if (shop.orders.length > 600) shop.orders.shift();
    if (iteration % 100 === 0) shop.index = shop.orders.toSorted((one, other) => one.total - other.total);
  },
};
