import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Reporters } from '../../scripts/reporters.ts';
import { temporaryFolder } from '../support/cli.ts';
import { cleanReport } from '../support/report-fixture.ts';
import { surroundings } from '../support/surroundings.ts';

test('a job summary that cannot be written is a warning', () => {
  const folder = temporaryFolder();
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder.path, 'missing/summary.md') };
  const { here, stderr } = surroundings(folder.path, env);
  new Reporters({ reporters: [], github: true }, folder.path, here).write(cleanReport());
  expect(stderr()).toMatch(
    /^warning: no job summary, as the file at GITHUB_STEP_SUMMARY must be writable: ENOENT.*summary\.md'\n$/,
  );
  folder.remove();
});
