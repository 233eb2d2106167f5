import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'shrinking-heap',
  description: 'A large table from the start is released row by row over the whole run',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({
    random: seeded(seed),
    imported: Array.from({ length: 20_000 }, (_, row) => ({ row, name: `row ${row}` })),
  }),
  iterate({ random, imported }) {
    serve(random);
    imported.length = Math.max(0, imported.length - 8);
  },
};
