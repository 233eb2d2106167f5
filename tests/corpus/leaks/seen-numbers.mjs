import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'seen-numbers',
  description: 'A set remembers the numbers of all messages, to tell repeated ones',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), seen: new Set(), next: 0 }),
  iterate(feed) {
    const { etag } = serve(feed.random);
    const batch = Array.from({ length: 6 }, () => ({
      number: feed.next + below(6, feed.random),
      text: etag,
    }));
    feed.next += 4;
    const fresh = batch.filter(({ number }) => !feed.seen.has(number));
    for (const { number } of fresh) feed.seen.add(number);
    return JSON.stringify(fresh);
  },
};

export const leak = { metric: 'heap.used', rate: 100, unit: 'B' };

export const expectEvidence = { objects: ['Set', 'table store'], holders: ['seen'] };
