import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeLeftFolders } from '../../harness/worker/left-folders.ts';
import { temporaryFolder } from '../support/cli.ts';

/** Above the ids that Linux and macOS give. */
const GONE = 99_999_999;

test('removes old folders of processes that are gone, and nothing else', () => {
  const folder = temporaryFolder();
  const kept = [
    `leakgate-${process.pid}-abcdef`,
    `leakgate-${GONE}-recent`,
    'leakgate-expect-abcdef',
    `leakgate-${GONE}-abcdef-mine`,
  ];
  try {
    for (const name of [...kept, `leakgate-${GONE}-abcdef`]) {
      mkdirSync(join(folder.path, name));
      writeFileSync(join(folder.path, name, 'snapshot'), '');
      utimesSync(join(folder.path, name), 0, name.endsWith('recent') ? Date.now() / 1000 : 0);
    }
    removeLeftFolders(folder.path);
    expect(readdirSync(folder.path).sort()).toEqual(kept.sort());
  } finally {
    folder.remove();
  }
});
