import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'substring',
  description: 'Twenty characters of a page of 40 kB are kept, and pin all of it, once in forty requests',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), titles: [] }),
  iterate({ random, titles }, iteration) {
    const { body } = serve(random);
    if (iteration % 40 !== 33) return;
    const page = Buffer.alloc(40_000, `<title>${body}</title>`).toString('latin1');
    titles.push(page.slice(7, 27));
  },
};

export const leak = { metric: 'heap.used', rate: 1000, unit: 'B' };

export const expectEvidence = { objects: ['string'], holders: ['titles'] };
