import { createContext, runInContext } from 'node:vm';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'sandbox-dropped',
  description: 'A sandbox is made every 25th request and the last three are kept',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), last: [] }),
  iterate({ random, last }, iteration) {
    const { total } = serve(random);
    if (iteration % 25 > 0) return;
    const context = createContext({ total });
    runInContext('var doubled = total * 2', context);
    last.push(context);
    if (last.length > 3) last.shift();
  },
};
