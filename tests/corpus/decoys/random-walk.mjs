import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'random-walk',
  description: 'A backlog of 0 to 400 jobs that grows and shrinks at random',
  expect: { default: 'steady' },
  setup({ seed }) {
    const random = seeded(seed);
    return { random, backlog: Array.from({ length: 200 }, () => serve(random)) };
  },
  iterate({ random, backlog }) {
    const job = serve(random);
    const arrivals = Math.floor(random() * 7) - 3;
    for (let arrival = 0; arrival < arrivals && backlog.length < 400; arrival++) backlog.push({ ...job });
    if (arrivals < 0) backlog.splice(0, -arrivals);
  },
};
