import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'small-view',
  description: 'Sixteen bytes of a 64 kB packet are kept, and pin all of it, once in forty requests',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), identifiers: [] }),
  iterate({ random, identifiers }, iteration) {
    const { body } = serve(random);
    if (iteration % 40 !== 1) return;
    const packet = Buffer.alloc(65_536);
    packet.write(body);
    identifiers.push(packet.subarray(0, 16));
  },
};

export const leak = {
  metric: 'heap.arrayBuffers',
  alternatives: ['heap.external'],
  rate: 1638,
  unit: 'B',
};

export const expectEvidence = { objects: ['Buffer', 'Uint8Array'], holders: ['identifiers'] };
