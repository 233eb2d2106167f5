import { AsyncLocalStorage } from 'node:async_hooks';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'context-dropped',
  description: 'Each request runs in an asynchronous context that ends with it',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), storage: new AsyncLocalStorage() }),
  iterate: ({ random, storage }, iteration) =>
    storage.run({ trace: iteration, request: serve(random) }, async () => {
      await new Promise(setImmediate);
      await Promise.all([1, 2, 3].map(async part => storage.getStore().request.total * part));
    }),
};
