import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'noisy-external',
  description: 'Eight uploads in memory at a time, of 0 to 200 kB each',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), uploads: Array(8).fill(null) }),
  iterate({ random, uploads }) {
    const { body } = serve(random);
    const upload = Buffer.alloc(below(200_000, random));
    upload.write(body);
    uploads[below(uploads.length, random)] = upload;
  },
};
