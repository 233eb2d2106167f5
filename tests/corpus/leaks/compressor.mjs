import { createGzip } from 'node:zlib';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'compressor',
  description: 'A compressor for each aborted download stays in the table of transfers, one in forty',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), transfers: new Map() }),
  async iterate({ random, transfers }, iteration) {
    const { body } = serve(random);
    if (iteration % 40 !== 30) return;
    const gzip = createGzip({ level: 1 });
    transfers.set(iteration, gzip);
    await new Promise(resolve => gzip.write(body, resolve));
  },
};

export const leak = {
  metric: 'heap.arrayBuffers',
  alternatives: ['heap.external', 'heap.used', 'population'],
  rate: 410,
  unit: 'B',
};

export const expectEvidence = { objects: ['Gzip'], holders: ['transfers'] };
