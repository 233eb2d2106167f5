import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'noisy-working-set',
  description: 'Sixteen tenants, each with a result set of random size that is replaced at random',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), results: Array(16).fill([]) }),
  iterate({ random, results }) {
    const { total } = serve(random);
    const rows = Array.from({ length: below(120, random) }, (_, row) => ({ row, total }));
    results[below(results.length, random)] = rows;
  },
};
