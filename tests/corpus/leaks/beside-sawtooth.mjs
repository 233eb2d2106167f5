import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'beside-sawtooth',
  description: 'A batch flushed after every 250 requests, one row in ten of which stays in an index',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), rows: [], index: new Map() }),
  iterate(batch, iteration) {
    const { user, path, total } = serve(batch.random);
    const row = { user, path, total };
    batch.rows.push(row);
    if (iteration % 10 === 0) batch.index.set(iteration, row);
    if (batch.rows.length === 250) batch.rows = [];
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 1 / 10, unit: 'objects' };

export const expectEvidence = { objects: ['Object {user, path, total}'], holders: ['index'] };
