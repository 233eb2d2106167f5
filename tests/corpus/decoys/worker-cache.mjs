import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const CODE = `
const { parentPort } = require('node:worker_threads');
const seen = new Map();
parentPort.on('message', ({ id, text }) => {
  seen.set(id % 700, { id, length: text.length });
  parentPort.postMessage(text.length);
});
`;

export default {
  name: 'worker-cache',
  description: 'A thread that remembers the last 700 jobs, on a heap of its own',
  expect: { default: 'steady' },
  options: { iterations: 1000 },
  setup: ({ seed }) => ({ random: seeded(seed), worker: new Worker(CODE, { eval: true }) }),
  async iterate({ random, worker }, iteration) {
    const { body } = serve(random);
    worker.postMessage({ id: iteration, text: body });
    await once(worker, 'message');
  },
  teardown: ({ worker }) => worker.terminate(),
};
