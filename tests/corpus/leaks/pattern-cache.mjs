import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'pattern-cache',
  description:
    'Regular expressions made from what users type are cached by their source, every tenth request',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), patterns: new Map() }),
  iterate({ random, patterns }, iteration) {
    const { body, etag } = serve(random);
    if (iteration % 10 !== 6) return false;
    const source = `(${etag.slice(0, 4)}|${etag.slice(4, 8)})[a-z]+\\d`;
    if (!patterns.has(source)) patterns.set(source, new RegExp(source, 'i'));
    return patterns.get(source).test(body);
  },
};

export const leak = { metric: 'heap.used', alternatives: ['population'], rate: 85, unit: 'B' };

export const expectEvidence = { objects: ['RegExp', 'regexp'], holders: ['patterns'] };
