import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'beside-cache',
  description: 'A cache that is full after 30 % of the run evicts entries but not their tags',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), cache: new Map(), tags: {} }),
  iterate({ random, cache, tags }) {
    const { etag, body } = serve(random);
    cache.set(etag, { body });
    tags[etag] = [etag.slice(0, 2)];
    if (cache.size > 600) cache.delete(cache.keys().next().value);
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 1, unit: 'objects' };

export const expectEvidence = { objects: ['Array'], holders: ['tags'] };
