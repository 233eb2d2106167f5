import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeSnapshot } from '../../harness/worker/snapshot-file.ts';
import { temporaryFolder } from '../support/cli.ts';

async function chunks(add: (chunk: string) => void): Promise<void> {
  add('{"snapshot":');
  await Promise.resolve();
  add('"é"}');
}

test('a snapshot holds all its chunks, in their order', async () => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'at-1.heapsnapshot');
  await writeSnapshot(path, chunks);
  expect(readFileSync(path, 'utf8')).toBe('{"snapshot":"é"}');
  folder.remove();
});

test.runIf(existsSync('/dev/full'))(
  'a disk that is full is an error, once all chunks have come',
  async () => {
    let hasEnded = false;
    const taken = writeSnapshot('/dev/full', async add => {
      await chunks(add);
      hasEnded = true;
    });
    await expect(taken).rejects.toThrow('ENOSPC');
    expect(hasEnded).toBe(true);
  },
);

test('a snapshot that cannot be taken is an error', async () => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'at-1.heapsnapshot');
  await expect(writeSnapshot(path, () => Promise.reject(new Error('no heap')))).rejects.toThrow('no heap');
  folder.remove();
});
