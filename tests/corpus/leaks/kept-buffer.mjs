import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'kept-buffer',
  description: 'Uploads that failed stay in memory, 16 kB each, every tenth',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), failed: [] }),
  iterate({ random, failed }, iteration) {
    const { etag } = serve(random);
    const upload = Buffer.allocUnsafeSlow(16_384).fill(etag);
    if (iteration % 10 === 2) failed.push(upload);
  },
};

export const leak = {
  metric: 'heap.arrayBuffers',
  alternatives: ['heap.external', 'population'],
  rate: 1638,
  unit: 'B',
};

export const expectEvidence = { objects: ['Buffer', 'Uint8Array'], holders: ['failed'] };
