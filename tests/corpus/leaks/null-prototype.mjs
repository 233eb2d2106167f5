import { parse } from 'node:querystring';
import { below, seeded } from '../random.mjs';

export default {
  name: 'null-prototype',
  description: 'Parsed query strings, which have no prototype, are kept for a report that nobody asks for',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), queries: [] }),
  iterate({ random, queries }) {
    const rest = Array.from({ length: 10 }, (_, index) => `p${index}=${below(99, random)}`).join('&');
    const text = `page=${below(9, random)}&sort=${random() < 0.5 ? 'up' : 'down'}`;
    parse(`${text}&${rest}`);
    queries.push(parse(text));
  },
};

export const leak = { metric: 'heap.used', rate: 220, unit: 'B' };

/** Properties of an object used as a dictionary come in the order of their hashes, whose seed is another in each process. */
export const expectEvidence = {
  objects: ['Object {page, sort}', 'Object {sort, page}'],
  holders: ['queries'],
};
