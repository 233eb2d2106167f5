import { gunzipSync, gzipSync } from 'node:zlib';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'compressed-bodies',
  description: 'Bodies are compressed and decompressed again, with native memory for each',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), last: Array(10) }),
  iterate({ random, last }, iteration) {
    const { body } = serve(random);
    if (iteration % 4 === 0) last[(iteration / 4) % 10] = gunzipSync(gzipSync(body, { level: 1 }));
  },
};
