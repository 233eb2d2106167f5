import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'sliding-window',
  description: 'Ten arrivals per request are pushed, and those older than 40 requests shifted out',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), arrivals: [] }),
  iterate({ random, arrivals }, iteration) {
    const { user } = serve(random);
    for (let arrival = 0; arrival < 20 * random(); arrival++) arrivals.push({ user, at: iteration });
    while (arrivals[0]?.at < iteration - 40) arrivals.shift();
    return arrivals.length;
  },
};
