import { once } from 'node:events';
import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'paused-stream',
  description: 'A file stream read for its first chunk only and never destroyed, once in a hundred requests',
  expect: { default: 'leak' },
  setup({ seed, directory }) {
    const path = join(directory, 'video.bin');
    writeFileSync(path, Buffer.alloc(50_000, 1));
    return { random: seeded(seed), path };
  },
  async iterate({ random, path }, iteration) {
    serve(random);
    if (iteration % 50 !== 25) return;
    const stream = createReadStream(path, { highWaterMark: 4096 });
    await once(stream, 'readable');
    stream.read(16);
    if (iteration % 100 === 25) return;
    stream.destroy();
    await once(stream, 'close');
  },
};

export const leak = { metric: 'descriptors.file', rate: 1 / 100, unit: 'file descriptors' };

export const expectEvidence = { kind: 'descriptor', created: ['createReadStream(path'] };
