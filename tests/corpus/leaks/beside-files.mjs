import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'beside-files',
  description: 'Up to 30 segments are open at a time, and one in fifty is forgotten when the window moves on',
  expect: { default: 'leak' },
  setup({ seed, directory }) {
    const path = join(directory, 'segment.log');
    writeFileSync(path, 'segment');
    return { random: seeded(seed), path, open: [] };
  },
  iterate({ random, path, open }, iteration) {
    serve(random);
    open.push(openSync(path, 'r'));
    const keep = below(30, random);
    if (iteration % 50 === 0) open.shift();
    while (open.length > keep) closeSync(open.shift());
  },
};

export const leak = { metric: 'descriptors.file', rate: 1 / 50, unit: 'file descriptors' };

export const expectEvidence = { kind: 'descriptor', created: ['open.push(openSync(path'] };
