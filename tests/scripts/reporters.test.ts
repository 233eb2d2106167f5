import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HarnessError } from '../../harness/errors.ts';
import { Reporters } from '../../scripts/reporters.ts';
import { temporaryFolder } from '../support/cli.ts';
import { cleanReport, emptyReport } from '../support/report-fixture.ts';
import { surroundings } from '../support/surroundings.ts';

test('a job summary that cannot be written is a warning', async () => {
  const folder = temporaryFolder();
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder.path, 'missing/summary.md') };
  const { here, stderr } = surroundings(folder.path, env);
  await new Reporters({ reporters: [], github: true }, folder.path, here).write(cleanReport());
  expect(stderr()).toMatch(
    /^warning: no job summary, as the file at GITHUB_STEP_SUMMARY must be writable: ENOENT.*summary\.md'\n$/,
  );
  folder.remove();
});

test('a path that cannot be written takes nothing from an older report; one that can is begun anew', async () => {
  const folder = temporaryFolder();
  const { here } = surroundings(folder.path);
  writeFileSync(join(folder.path, 'older.txt'), 'older');
  const older = { format: 'text', path: 'older.txt' } as const;
  const below = { format: 'tap', path: 'older.txt/below.tap' } as const;
  expect(() => new Reporters({ reporters: [older, below], github: false }, folder.path, here)).toThrow(
    HarnessError,
  );
  const reporters = new Reporters({ reporters: [older], github: false }, folder.path, here);
  expect(readFileSync(join(folder.path, 'older.txt'), 'utf8')).toBe('older');
  await reporters.begin(emptyReport);
  expect(readFileSync(join(folder.path, 'older.txt'), 'utf8')).toBe('');
  folder.remove();
});

test.each([
  ['junit', /<testsuites .* errors="1" .*<testcase name="itself" classname="leakgate".*<error type="fault"/s],
  ['sarif', /"executionSuccessful": false.*"ruleId": "harness"/s],
  ['tap', /^TAP version 14\n1\.\.1\nnot ok 1 - leakgate itself: interrupted/],
  ['pr-comment', /### leakgate: leakgate itself: interrupted/],
  ['github', /^::error /],
] as const)('until the run ends %s says that it did not', async (format, said) => {
  const folder = temporaryFolder();
  const { here } = surroundings(folder.path);
  const reporters = [{ format, path: 'killed' }];
  await new Reporters({ reporters, github: false }, folder.path, here).begin(() => ({
    ...emptyReport(),
    interrupted: true,
    exitCode: 2,
  }));
  expect(readFileSync(join(folder.path, 'killed'), 'utf8')).toMatch(said);
  folder.remove();
});

test('two formats are not written to one file', () => {
  const folder = temporaryFolder();
  const { here } = surroundings(folder.path);
  const reporters = [
    { format: 'junit', path: 'same.out' },
    { format: 'sarif', path: './same.out' },
  ] as const;
  expect(() => new Reporters({ reporters, github: false }, folder.path, here)).toThrow(
    /must have a file of its own: .*same\.out is that of junit and sarif/,
  );
  expect(readdirSync(folder.path)).toEqual([]);
  folder.remove();
});
