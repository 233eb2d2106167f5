import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const CODE = `
const { parentPort } = require('node:worker_threads');
const done = [];
parentPort.on('message', ({ id, text }) => {
  done.push({ id, length: text.length });
  parentPort.postMessage(text.length);
});
`;

export default {
  name: 'worker-jobs',
  description: 'A thread that keeps a line on each job it has done, on a heap of its own',
  expect: { default: 'leak' },
  options: { iterations: 1000 },
  setup: ({ seed }) => ({ random: seeded(seed), worker: new Worker(CODE, { eval: true }) }),
  async iterate({ random, worker }, iteration) {
    const { body } = serve(random);
    worker.postMessage({ id: iteration, text: body });
    await once(worker, 'message');
  },
  teardown: ({ worker }) => worker.terminate(),
};

export const leak = { metric: 'heap.workers', rate: 48, unit: 'B' };

export const expectEvidence = { allocator: null, objects: ['Object {id, length}'], holders: ['done'] };
