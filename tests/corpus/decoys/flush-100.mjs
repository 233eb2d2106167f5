import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'flush-100',
  description: 'A batch of database rows that is written after every hundred requests',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), rows: [] }),
  iterate(batch) {
    const { user, path, total } = serve(batch.random);
    batch.rows.push({ user, path, total });
    if (batch.rows.length < 100) return 0;
    const written = JSON.stringify(batch.rows).length;
    batch.rows = [];
    return written;
  },
};
