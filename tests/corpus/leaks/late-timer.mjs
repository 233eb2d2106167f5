import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'late-timer',
  description: 'Clean until seven tenths of the run, then one retry in ten is never cancelled',
  expect: { default: 'leak' },
  setup: ({ seed, iterations }) => ({ random: seeded(seed), from: iterations * 0.7 }),
  iterate({ random, from }, iteration) {
    serve(random);
    const retry = setTimeout(() => {}, 900_000).unref();
    if (iteration < from || iteration % 10 > 0) clearTimeout(retry);
  },
};

export const leak = { metric: 'timers', rate: 1 / 10, unit: 'timers' };

export const expectEvidence = { kind: 'timer', created: ['const retry = setTimeout('] };
