import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'flush-400',
  description: 'Measurements are sent in batches of 400, by a list that is emptied and used again',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), batch: [], sent: 0 }),
  iterate(meter, iteration) {
    const { path, total } = serve(meter.random);
    meter.batch.push({
      name: 'http.request',
      tags: { path },
      values: [total, total / 3],
      text: `sample ${iteration}`,
    });
    if (meter.batch.length < 400) return;
    meter.sent += JSON.stringify(meter.batch).length;
    meter.batch.length = 0;
  },
};
