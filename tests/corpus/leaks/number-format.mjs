import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'number-format',
  description:
    'Number formats cached by all their options, the currency’s digits among them, every tenth request',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), formats: new Map() }),
  iterate({ random, formats }, iteration) {
    const { total, etag } = serve(random);
    if (iteration % 10 !== 0) return '';
    const format = new Intl.NumberFormat('en', { maximumFractionDigits: iteration % 20 });
    formats.set(`en/${etag}`, format);
    return format.format(total);
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 2 / 10, unit: 'objects' };

export const expectEvidence = { objects: ['NumberFormat'], holders: ['formats'] };
