import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'error-samples',
  description: 'Of all errors a random sample of 40 is kept, with their stacks',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), sample: [], seen: 0 }),
  iterate(reservoir) {
    const { random, sample } = reservoir;
    const error = new Error(`Cannot charge ${serve(random).total}`);
    reservoir.seen++;
    if (sample.length < 40) sample.push(error);
    else if (random() < 40 / reservoir.seen) sample[below(40, random)] = error;
  },
};
