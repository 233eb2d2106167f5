import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keepSnapshots } from '../../harness/evidence/kept-snapshots.ts';
import { temporaryFolder } from '../support/cli.ts';

const TRIAL = { scenario: 'my app/load', build: 'default' };

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function taken(iteration: number, thread?: string) {
  const path = join(folder.path, `${thread ?? 'main'}-${iteration}`);
  writeFileSync(path, `heap at ${iteration}`);
  return { path, iteration, ...(thread !== undefined && { thread }) };
}

describe('heap snapshots that are kept', () => {
  test('have a folder for each scenario and build, and tell threads apart', async () => {
    const keepIn = join(folder.path, 'snapshots');
    const snapshots = [taken(0), taken(100), taken(0, 'worker thread 1')];
    const { paths, failure } = await keepSnapshots(snapshots, TRIAL, keepIn);
    expect(failure).toBeUndefined();
    expect(paths.map(path => relative(keepIn, path))).toEqual([
      'my-app-load/default/at-0.heapsnapshot',
      'my-app-load/default/at-100.heapsnapshot',
      'my-app-load/default/worker-thread-1-at-0.heapsnapshot',
    ]);
    expect(readFileSync(paths[1] ?? '', 'utf8')).toBe('heap at 100');
  });

  test('keep apart builds whose names differ by a dot', async () => {
    const keepIn = join(folder.path, 'versions');
    for (const build of ['v1.0', 'v1-0']) await keepSnapshots([taken(0)], { ...TRIAL, build }, keepIn);
    expect(readdirSync(join(keepIn, 'my-app-load')).sort()).toEqual(['v1-0', 'v1.0']);
  });

  test('replace those of an older run', async () => {
    const [older = ''] = (await keepSnapshots([taken(7)], TRIAL, folder.path)).paths;
    await keepSnapshots([taken(0)], TRIAL, folder.path);
    expect(existsSync(older)).toBe(false);
  });

  test('that cannot be written are told with the reason, and those that could be stay', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    const nowhere = await keepSnapshots([taken(0)], TRIAL, join(folder.path, 'file'));
    expect(nowhere).toEqual({ paths: [], failure: expect.stringContaining('ENOTDIR') });
    const gone = { path: join(folder.path, 'gone'), iteration: 9 };
    const some = await keepSnapshots([taken(0), gone, taken(18)], TRIAL, folder.path);
    expect(some.paths.map(path => basename(path))).toEqual(['at-0.heapsnapshot', 'at-18.heapsnapshot']);
    expect(some.failure).toContain('ENOENT');
  });
});
