import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'outage',
  description:
    'A backlog collects while a database is down, from 55 to 70 % of the run, and is then worked off',
  expect: { default: 'steady' },
  setup: ({ seed, iterations }) => ({ random: seeded(seed), iterations, backlog: [] }),
  iterate({ random, iterations, backlog }, iteration) {
    backlog.push(serve(random));
    const isDown = iteration > iterations * 0.55 && iteration < iterations * 0.7;
    if (!isDown) backlog.splice(0, 4);
  },
};
