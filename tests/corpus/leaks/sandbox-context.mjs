import { createContext, runInContext } from 'node:vm';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'sandbox-context',
  description: 'A sandbox per hundred user scripts is kept in a table by job number',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), jobs: new Map() }),
  iterate({ random, jobs }, iteration) {
    const { total } = serve(random);
    if (iteration % 100 !== 8) return;
    const context = createContext({ total });
    runInContext('var doubled = total * 2', context);
    jobs.set(iteration, context);
  },
};

export const leak = {
  metric: 'contexts.native',
  alternatives: ['heap.used'],
  rate: 1 / 100,
  unit: 'contexts',
};

export const expectEvidence = { objects: ['Object {total', 'Context', 'global'], holders: ['jobs'] };
