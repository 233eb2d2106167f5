import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'growing-buffer',
  description: 'Log bytes are appended to one buffer that doubles when it is full and is never flushed',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), bytes: Buffer.allocUnsafeSlow(4096), length: 0 }),
  iterate(log) {
    const line = Buffer.from(`${JSON.stringify(serve(log.random))}\n`);
    while (log.length + line.length > log.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(log.bytes.length * 2);
      log.bytes.copy(larger);
      log.bytes = larger;
    }
    line.copy(log.bytes, log.length);
    log.length += line.length;
  },
};

export const leak = {
  metric: 'heap.arrayBuffers',
  alternatives: ['heap.external'],
  rate: 700,
  unit: 'B',
};

export const expectEvidence = { allocator: null, objects: ['Buffer'], holders: ['bytes'] };
