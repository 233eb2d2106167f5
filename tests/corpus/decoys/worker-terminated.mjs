import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const CODE = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', text => parentPort.postMessage(text.length));
`;

export default {
  name: 'worker-terminated',
  description: 'A thread for every third job, terminated after its answer',
  expect: { default: 'steady' },
  options: { iterations: 60, warmup: 6, warmupLimit: 18 },
  setup: ({ seed }) => seeded(seed),
  async iterate(random, iteration) {
    const { body } = serve(random);
    if (iteration % 3 > 0) return;
    const worker = new Worker(CODE, { eval: true });
    worker.postMessage(body);
    await once(worker, 'message');
    await worker.terminate();
  },
};
