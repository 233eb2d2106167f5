import { setImmediate as turn } from 'node:timers/promises';
import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'beside-timers',
  description: 'Timers of 5 to 60 ms with each request, and one in forty that waits for a day',
  expect: { default: 'leak' },
  setup: ({ seed }) => seeded(seed),
  async iterate(random, iteration) {
    serve(random);
    setTimeout(() => {}, iteration % 40 === 10 ? 86_400_000 : 5 + below(55, random)).unref();
    await turn();
  },
};

export const leak = { metric: 'timers', rate: 1 / 40, unit: 'timers' };

export const expectEvidence = { kind: 'timer', created: ['setTimeout(() => {}, iteration % 40'] };
