import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'files-closed',
  description: 'A file is opened, read and closed with each request',
  expect: { default: 'steady' },
  async setup({ seed, directory }) {
    const path = join(directory, 'page.html');
    await writeFile(path, '<p>page</p>'.repeat(200));
    return { random: seeded(seed), path };
  },
  async iterate({ random, path }) {
    serve(random);
    const file = await open(path);
    try {
      return await file.read(Buffer.alloc(1024), 0, 1024, 0);
    } finally {
      await file.close();
    }
  },
};
