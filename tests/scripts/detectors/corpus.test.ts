import { expect, test } from 'vitest';
import { corpus } from '../../../scripts/detectors/corpus.ts';
import { temporaryFolder } from '../../support/cli.ts';

test('a folder that is no corpus is refused, whatever a checkout has', async () => {
  const folder = temporaryFolder();
  await expect(corpus(folder.path, [])).rejects.toThrow(
    `Cannot read the corpus as its leaks/ and decoys/ must hold scenario modules (.mjs), and leakgate's own is in a checkout of it alone, so that elsewhere a folder must be named: ${folder.path}`,
  );
  folder.remove();
});
