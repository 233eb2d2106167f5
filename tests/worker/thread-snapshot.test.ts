import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';

const CHILD = fileURLToPath(new URL('../support/thread-snapshots.mjs', import.meta.url));

interface Outcome {
  readonly before: unknown;
  readonly after: unknown;
  readonly threads: readonly string[];
  readonly ids: readonly (readonly number[])[];
  readonly logged: readonly number[];
  readonly full: string;
}

describe('heap snapshots of a worker thread', () => {
  let outcome: Outcome;

  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', CHILD], { env: {} });
    outcome = JSON.parse(stdout) as Outcome;
  }, 60_000);

  test('say which thread they are of', () => {
    expect(outcome.threads).toHaveLength(3);
    for (const thread of outcome.threads) expect(thread).toMatch(/^worker thread 1\b/);
  });

  // The thread stays attached, as V8 would forget them. Node 26 gives one of them another now and then.
  test('know nearly all of the same objects by the same ids', () => {
    const [first = [], ...later] = outcome.ids;
    expect(first).toHaveLength(100);
    for (const ids of later) {
      expect(ids).toHaveLength(100);
      expect(ids.filter(id => first.includes(id)).length).toBeGreaterThanOrEqual(95);
    }
  });

  test('hold nothing that was logged', () => {
    // The prototype of the class has its name too.
    for (const count of outcome.logged) expect(count).toBeLessThanOrEqual(1);
  });

  test.runIf(existsSync('/dev/full'))('are an error where the disk is full', () => {
    expect(outcome.full).toMatch(/^Error: ENOSPC/);
  });

  test('are not taken before there is a thread, nor once it is gone', () => {
    expect([outcome.before, outcome.after]).toEqual([null, null]);
  });
});
