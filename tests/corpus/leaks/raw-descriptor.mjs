import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../random.mjs';

export default {
  name: 'raw-descriptor',
  description: 'A file server that answers "not modified" before it closes the descriptor, once in a hundred',
  expect: { default: 'leak' },
  setup({ seed, directory }) {
    const path = join(directory, 'page.html');
    writeFileSync(path, '<p>hello</p>'.repeat(300));
    return { random: seeded(seed), path };
  },
  iterate({ random, path }, iteration) {
    const descriptor = openSync(path, 'r');
    const { mtimeMs } = fstatSync(descriptor);
    if (iteration % 100 === 77) return { status: 304, mtimeMs };
    const content = Buffer.alloc(200 + Math.floor(random() * 2000));
    readSync(descriptor, content);
    closeSync(descriptor);
    return { status: 200, content: content.toString('base64') };
  },
};

export const leak = { metric: 'descriptors.file', rate: 1 / 100, unit: 'file descriptors' };

export const expectEvidence = { kind: 'descriptor', created: ["const descriptor = openSync(path, 'r')"] };
