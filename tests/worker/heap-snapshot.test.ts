import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rehearseSnapshot, takeSnapshot } from '../../harness/worker/heap-snapshot.ts';
import { temporaryFolder } from '../support/cli.ts';

test('a rehearsal of a snapshot writes nothing, the snapshot itself one file', () => {
  const folder = temporaryFolder();
  try {
    rehearseSnapshot(folder.path);
    expect(readdirSync(folder.path)).toEqual([]);
    const path = takeSnapshot(folder.path, 40);
    expect(readdirSync(folder.path).map(name => `${folder.path}/${name}`)).toEqual([path]);
  } finally {
    folder.remove();
  }
});
