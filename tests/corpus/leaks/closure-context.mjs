import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

/** Both closures share one context, so keeping `rollback` keeps `rows`, which only `commit` uses. */
function transaction(random) {
  const rows = Array.from({ length: 1200 }, () => Math.floor(random() * 1e6));
  const commit = () => rows.reduce((sum, row) => sum + row, 0);
  const started = Date.now();
  const rollback = () => started;
  return { commit, rollback };
}

export default {
  name: 'closure-context',
  description:
    'A kept rollback function shares its context with a list of 1,200 rows, once in a hundred requests',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), rollbacks: [] }),
  iterate({ random, rollbacks }, iteration) {
    serve(random);
    if (iteration % 100 !== 50) return;
    const { commit, rollback } = transaction(random);
    commit();
    rollbacks.push(rollback);
  },
};

export const leak = { metric: 'heap.used', alternatives: ['population'], rate: 98, unit: 'B' };

export const expectEvidence = { objects: ['function rollback'], holders: ['rollbacks'] };
