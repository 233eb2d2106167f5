import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'polling-immediate',
  description: 'A job polls with setImmediate for an end that is never noted, once in a hundred requests',
  expect: { default: 'leak' },
  setup: ({ seed }) => seeded(seed),
  iterate(random, iteration) {
    const job = { ended: false, total: serve(random).total };
    if (iteration % 100 !== 99) return;
    const poll = () => {
      if (!job.ended) setImmediate(poll);
    };
    poll();
  },
};

export const leak = { metric: 'immediates', rate: 1 / 100, unit: 'immediates' };

export const expectEvidence = { kind: 'immediate', created: ['setImmediate(poll)'] };
