import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'catalogue-replaced',
  description: 'A catalogue of 300 to 900 products is replaced as a whole every 170th request',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), catalogue: [] }),
  iterate(shop, iteration) {
    const { path, total } = serve(shop.random);
    if (iteration % 170 > 0) return;
    const length = 300 + below(600, shop.random);
    const text = JSON.stringify(Array.from({ length }, (_, product) => ({ product, path, total })));
    shop.catalogue = JSON.parse(text);
  },
};
