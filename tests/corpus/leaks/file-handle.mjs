import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'file-handle',
  description: 'One in forty downloads is aborted and its file handle stays in the table of transfers',
  expect: { default: 'leak' },
  async setup({ seed, directory }) {
    const path = join(directory, 'download.bin');
    await writeFile(path, Buffer.alloc(2000, 7));
    return { random: seeded(seed), path, transfers: new Set() };
  },
  async iterate({ random, path, transfers }, iteration) {
    serve(random);
    const handle = await open(path);
    transfers.add(handle);
    await handle.read(Buffer.alloc(512), 0, 512, 0);
    if (iteration % 40 === 11) return;
    transfers.delete(handle);
    await handle.close();
  },
};

export const leak = { metric: 'descriptors.file', rate: 1 / 40, unit: 'file descriptors' };

export const expectEvidence = { kind: 'descriptor', created: ['const handle = await open(path)'] };
