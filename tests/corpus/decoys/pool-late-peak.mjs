import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'pool-late-peak',
  description:
    'A pool of parsers grows with peaks of traffic at 20, 45 and 75 % of the run and never shrinks',
  expect: { default: 'steady' },
  setup: ({ seed, iterations }) => ({ random: seeded(seed), iterations, parsers: [] }),
  iterate({ random, iterations, parsers }, iteration) {
    serve(random);
    const progress = iteration / iterations;
    const peaks = [0.2, 0.45, 0.75].filter(peak => progress > peak).length;
    while (parsers.length < 10 + 15 * peaks) parsers.push({ state: [0], bytes: new Uint8Array(512) });
  },
};
