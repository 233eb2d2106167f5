import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'memo-strings',
  description: 'A memoised function whose key, the arguments as JSON, contains the time',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), memo: new Map() }),
  iterate({ random, memo }, iteration) {
    serve(random);
    for (let call = 0; call < 4; call++) {
      const key = JSON.stringify({ region: below(9, random), time: 1_700_000_000_000 + iteration });
      if (!memo.has(key)) memo.set(key, key.length * 3);
    }
  },
};

export const leak = { metric: 'heap.used', rate: 400, unit: 'B' };

export const expectEvidence = { objects: ['string'], holders: ['memo'] };
