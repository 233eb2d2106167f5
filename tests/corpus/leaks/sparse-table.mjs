import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'sparse-table',
  description: 'Balances in a sparse array by account number, never removed',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), balances: [] }),
  iterate({ random, balances }) {
    const { total } = serve(random);
    for (let account = 0; account < 4; account++) balances[below(2 ** 31, random)] = total;
  },
};

export const leak = { metric: 'heap.used', rate: 150, unit: 'B' };

export const expectEvidence = { objects: ['number', 'Array', 'store'], holders: ['balances'] };
