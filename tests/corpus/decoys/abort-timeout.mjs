import { setImmediate as turn } from 'node:timers/promises';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'abort-timeout',
  description: 'AbortSignal.timeout of 20 ms for every third request, which mostly ends before',
  expect: { default: 'steady' },
  setup: ({ seed }) => seeded(seed),
  async iterate(random, iteration) {
    serve(random);
    if (iteration % 3 > 0) return;
    const signal = AbortSignal.timeout(20);
    await turn(undefined, { signal });
  },
};
