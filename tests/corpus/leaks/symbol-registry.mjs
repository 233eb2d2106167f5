import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'symbol-registry',
  description: 'Keys of the dependency container are taken from the global symbol registry, one per request',
  expect: { default: 'leak' },
  setup: ({ seed }) => seeded(seed),
  iterate(random) {
    const { etag, total } = serve(random);
    const container = { [Symbol.for(`request:${etag}`)]: total };
    return container;
  },
};

export const leak = { metric: 'heap.used', rate: 130, unit: 'B' };

export const expectEvidence = { objects: ['symbol'], holders: ['registry', 'table', 'oots'] };
