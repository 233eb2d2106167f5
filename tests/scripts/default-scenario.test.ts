import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultScenario } from '../../scripts/default-scenario.ts';
import { leakgate, temporaryFolder } from '../support/cli.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('in a checkout of leakgate, also deep inside, it is the headline', () => {
  expect(defaultScenario(resolve('.'))).toBe('auto-reload');
  expect(defaultScenario(resolve('tests/support'))).toBe('auto-reload');
});

test('a project of another name has none, nor has a folder without a package', () => {
  expect(() => defaultScenario(folder.path)).toThrow(/a scenario must be named/);
  mkdirSync(join(folder.path, 'scenarios'));
  writeFileSync(join(folder.path, 'package.json'), '{"name": "shop"}');
  expect(() => defaultScenario(folder.path)).toThrow(/a scenario must be named/);
  writeFileSync(join(folder.path, 'package.json'), 'no JSON');
  expect(() => defaultScenario(folder.path)).toThrow(/a scenario must be named/);
});

test.each(['run', 'explain', 'certify', 'baseline', 'bench'])(
  '%s without a name refuses to start there',
  async command => {
    const { exitCode, stdout, stderr } = await leakgate([command], folder.path);
    expect(stderr).toMatch(
      /^leakgate: Cannot choose what to run as a scenario must be named.*"leakgate init"/,
    );
    expect([exitCode, stdout]).toEqual([2, '']);
  },
);
