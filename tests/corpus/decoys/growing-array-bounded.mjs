import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'growing-array-bounded',
  description:
    'An array of doubles takes ten numbers per request up to 9,000, then the oldest half is cut off',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), values: [] }),
  iterate({ random, values }) {
    serve(random);
    for (let value = 0; value < 10; value++) values.push(random());
    if (values.length >= 9000) values.splice(0, 4500);
  },
};
