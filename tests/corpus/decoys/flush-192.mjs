import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'flush-192',
  description: 'Orders go to the warehouse in batches of 192, which comes round after nearly two readings',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), orders: [] }),
  iterate(warehouse) {
    const { body } = serve(warehouse.random);
    const { user, path, lines } = JSON.parse(body);
    warehouse.orders.push({
      user,
      path,
      lines,
      boxes: lines.map(({ sku, count }) => ({ sku, count, packed: [] })),
    });
    if (warehouse.orders.length === 192) warehouse.orders = [];
  },
};
