import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const FIRST_USE = new Map([
  [137, 900],
  [611, 2000],
  [1201, 400],
  [1703, 1500],
]);

export default {
  name: 'lazy-tables',
  description: 'Four lookup tables, each built when it is first needed, at odd times',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), tables: [] }),
  iterate({ random, tables }, iteration) {
    const { total } = serve(random);
    const rows = FIRST_USE.get(iteration);
    if (rows) tables.push(Array.from({ length: rows }, (_, row) => ({ row, factor: Math.sqrt(row) })));
    return tables.map(table => table[Math.floor(total) % table.length].factor);
  },
};
