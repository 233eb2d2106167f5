import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'async-context',
  description:
    'A callback bound to its request’s asynchronous context waits for a connection that never comes',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), storage: new AsyncLocalStorage(), waiting: [] }),
  async iterate({ random, storage, waiting }, iteration) {
    await storage.run({ trace: iteration, request: serve(random) }, async () => {
      await Promise.resolve();
      if (iteration % 40 === 13) waiting.push(AsyncResource.bind(() => storage.getStore().trace));
    });
  },
};

export const leak = { metric: 'heap.used', alternatives: ['population'], rate: 85, unit: 'B' };

export const expectEvidence = { objects: ['AsyncResource', 'function', 'bound'], holders: ['waiting'] };
