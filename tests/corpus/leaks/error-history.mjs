import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

function parse(text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`Cannot read the body: ${text.slice(0, 20)}`, { cause });
  }
}

export default {
  name: 'error-history',
  description: 'Errors with their causes are kept for a status page, one in forty requests',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), errors: [] }),
  iterate({ random, errors }, iteration) {
    const { body } = serve(random);
    try {
      parse(iteration % 40 === 29 ? body.slice(1) : body);
    } catch (error) {
      errors.push(error);
    }
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 2 / 40, unit: 'objects' };

export const expectEvidence = { objects: ['Error'], holders: ['errors'] };
