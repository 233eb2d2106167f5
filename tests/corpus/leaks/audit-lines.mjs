import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'audit-lines',
  description: 'An audit line of text per ten requests, kept to be written at the end',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), lines: [] }),
  iterate({ random, lines }, iteration) {
    const { user, path, etag, body } = serve(random);
    const line = [iteration, user, path, etag, body.slice(0, 300)].join('\t');
    if (iteration % 10 === 4) lines.push(line);
  },
};

export const leak = { metric: 'heap.used', rate: 40, unit: 'B' };

export const expectEvidence = { objects: ['string'], holders: ['lines'] };
