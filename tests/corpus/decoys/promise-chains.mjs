import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'promise-chains',
  description: 'Chains of promises, races and failures that all settle',
  expect: { default: 'steady' },
  setup: ({ seed }) => seeded(seed),
  async iterate(random) {
    const steps = Array.from({ length: 10 }, (_, step) => async total => total + step);
    const chain = steps.reduce((promise, step) => promise.then(step), Promise.resolve(serve(random).total));
    const failing = chain.then(total => {
      if (total % 2 < 1) throw new RangeError('odd total');
      return total;
    });
    return await Promise.race([Promise.allSettled([chain, failing]), new Promise(setImmediate)]);
  },
};
