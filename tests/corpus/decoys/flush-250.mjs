import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'flush-250',
  description: 'Metrics by URL that are sent and cleared after every 250 requests',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), byUrl: new Map() }),
  iterate({ random, byUrl }, iteration) {
    const { path, etag, total } = serve(random);
    byUrl.set(path + etag, { count: 1, sum: total, last: [total] });
    if (iteration % 250 === 249) byUrl.clear();
  },
};
