import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'nonce-rare',
  description: 'A nonce of one request in 80 stays in a Set of those that were refused',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), refused: new Set() }),
  iterate({ random, refused }, iteration) {
    serve(random);
    const nonce = Math.floor(random() * 2 ** 52).toString(36);
    if (iteration % 80 === 41) refused.add(nonce);
  },
};

export const leak = { metric: 'class.string', alternatives: ['heap.used'], rate: 1 / 80, unit: 'strings' };

export const expectEvidence = { objects: ['string'], holders: ['refused'] };
