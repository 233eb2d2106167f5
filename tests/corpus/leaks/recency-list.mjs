import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'recency-list',
  description:
    'A cache notes the number of each page that is read, and shortens its notes only when it drops a page',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), pages: new Map(), recent: [] }),
  iterate(cache, iteration) {
    const { path } = serve(cache.random);
    const page = (iteration * 7) % 50;
    cache.recent.push(page);
    if (cache.pages.has(page)) return;
    cache.pages.set(page, path);
    if (cache.pages.size > 64) cache.pages.delete(cache.recent.shift());
  },
};

export const leak = { metric: 'class.array store', alternatives: ['heap.used'], rate: 8, unit: 'B' };

export const expectEvidence = { objects: ['array store'], holders: ['recent'] };
