import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'latency-samples',
  description: 'Latencies are pushed into an array of doubles that is never cut',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), latencies: [0.5] }),
  iterate({ random, latencies }) {
    serve(random);
    for (let stage = 0; stage < 8; stage++) latencies.push(random() * 12);
  },
};

export const leak = { metric: 'heap.used', rate: 80, unit: 'B' };

export const expectEvidence = { objects: ['Array', 'array store'], holders: ['latencies'] };
