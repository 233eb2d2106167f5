import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'state-history',
  description: 'Each state of a store refers to the one before it',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), state: { total: 0, previous: null } }),
  iterate(store) {
    const { total } = serve(store.random);
    store.state = { total: store.state.total + total, previous: store.state };
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 1, unit: 'objects' };

export const expectEvidence = { objects: ['Object {total, previous}'], holders: ['state', 'previous'] };
