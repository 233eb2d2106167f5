import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'late-timers',
  description:
    'Four subsystems start their interval when they are first used, the last at nine tenths of the run',
  expect: { default: 'steady' },
  setup: ({ seed, iterations }) => ({ random: seeded(seed), iterations, intervals: new Map() }),
  iterate({ random, iterations, intervals }, iteration) {
    const { total } = serve(random);
    const used = ['metrics', 'mail', 'search', 'billing'].slice(
      0,
      Math.floor((iteration / iterations) * 4.5),
    );
    for (const name of used) {
      if (!intervals.has(name)) intervals.set(name, setInterval(() => total, 60_000).unref());
    }
  },
  teardown: ({ intervals }) => {
    for (const interval of intervals.values()) clearInterval(interval);
  },
};
