import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'customers-at-random',
  description: 'A record is loaded once for each of 5,000 customers, who come at random: ever fewer are new',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), customers: new Map() }),
  iterate({ random, customers }) {
    const { path, total } = serve(random);
    const id = below(5000, random);
    let customer = customers.get(id);
    if (!customer) {
      customer = { id, orders: 0, last: { path, total } };
      customers.set(id, customer);
    }
    customer.orders++;
    customer.last.total = total;
    return customer.orders;
  },
};
