import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const metadata = new WeakMap();

export default {
  name: 'weak-keys',
  description: 'Annotations in a WeakMap whose keys, the routes of each reload, stay in a router’s history',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), history: [] }),
  iterate({ random, history }) {
    const { path, etag } = serve(random);
    const route = { path };
    metadata.set(route, { etag, hits: [0, 0] });
    history.push(route);
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 3, unit: 'objects' };

export const expectEvidence = { objects: ['Object {path}'], holders: ['history'] };
