import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'held-value',
  description: 'A finalization registry whose held value refers to its own target',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({
    random: seeded(seed),
    registry: new FinalizationRegistry(({ connection }) => connection.close()),
  }),
  iterate({ random, registry }) {
    const { user } = serve(random);
    const connection = { user, open: true, close() {} };
    registry.register(connection, { connection });
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 3, unit: 'objects' };

export const expectEvidence = {
  objects: ['Object {connection}', 'Object {user, open'],
  holders: ['FinalizationRegistry', 'registry'],
};
