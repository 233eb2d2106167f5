import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'order-numbers',
  description:
    'The number of one order in 40, too large for anything but a bigint, stays in a list of disputes',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), disputed: [] }),
  iterate({ random, disputed }, iteration) {
    const { total } = serve(random);
    const number = 10n ** 20n + BigInt(iteration) * 1000n + BigInt(Math.floor(total) % 1000);
    if (iteration % 40 === 23) disputed.push(number);
  },
};

export const leak = { metric: 'class.bigint', alternatives: ['heap.used'], rate: 1 / 40, unit: 'bigints' };

export const expectEvidence = { objects: ['bigint'], holders: ['disputed'] };
