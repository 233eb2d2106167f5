import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const CODE = `require('node:worker_threads').parentPort.on('message', text => text.length)`;

export default {
  name: 'worker-thread',
  description: 'A thread for each large job that is never terminated',
  expect: { default: 'leak' },
  options: { iterations: 60, warmup: 6, warmupLimit: 12 },
  setup: ({ seed }) => seeded(seed),
  async iterate(random, iteration) {
    const { body } = serve(random);
    if (iteration % 3 !== 0) return;
    const worker = new Worker(CODE, { eval: true });
    await once(worker, 'online');
    worker.postMessage(body);
    worker.unref();
  },
};

export const leak = {
  metric: 'workers',
  alternatives: ['handles.async', 'descriptors.other', 'population', 'heap.used'],
  rate: 1 / 3,
  unit: 'worker threads',
};

export const expectEvidence = { kind: 'handle', created: ['new Worker(CODE, { eval: true })'] };
