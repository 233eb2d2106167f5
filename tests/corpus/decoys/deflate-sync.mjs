import { deflateSync, inflateSync } from 'node:zlib';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'deflate-sync',
  description:
    'Each answer is compressed and unpacked at once, which takes and frees some 300 kB of native memory',
  expect: { default: 'steady' },
  setup: ({ seed }) => seeded(seed),
  iterate(random) {
    inflateSync(deflateSync(Buffer.from(JSON.stringify(serve(random)).repeat(8))));
  },
};
