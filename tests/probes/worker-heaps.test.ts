import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { STABLE_FLAGS } from '../../harness/options.ts';

const CHILD = fileURLToPath(new URL('../support/worker-heaps.mjs', import.meta.url));
/** An object `{ done }` and its place in the array; the array may have room for more. */
const PER_OBJECT = 40;

interface Reading {
  readonly workers: number;
  /** In bytes; null: the probe gave none. */
  readonly gained: number | null;
}

describe('the heaps of worker threads', () => {
  let outcome: { readonly [step: string]: Reading };

  beforeAll(async () => {
    const flags = ['--expose-gc', '--expose-internals', '--no-warnings', ...STABLE_FLAGS];
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, CHILD], { env: {} });
    outcome = JSON.parse(stdout) as typeof outcome;
  }, 60_000);

  test('have gained nothing where there is no thread, and when a thread is first seen', () => {
    expect(outcome.none).toEqual({ workers: 0, gained: 0 });
    expect(outcome.first).toEqual({ workers: 1, gained: 0 });
  });

  test('gain next to nothing by 10,000 objects that are dropped', () => {
    expect(Math.abs(outcome.dropped?.gained ?? Number.NaN)).toBeLessThan(PER_OBJECT * 1000);
  });

  test('gain next to nothing by what is logged', () => {
    expect(Math.abs(outcome.logged?.gained ?? Number.NaN)).toBeLessThan(PER_OBJECT * 1000);
  });

  test('gain what is kept, to within a tenth', () => {
    expect(outcome.kept?.gained).toBeGreaterThan(PER_OBJECT * 9000);
    expect(outcome.kept?.gained).toBeLessThan(PER_OBJECT * 11_000);
  });

  test('are read in a thread that waits for a lock, which changes nothing for the others', () => {
    expect(outcome.waiting?.workers).toBe(2);
    expect(outcome.waiting?.gained).toBeGreaterThan(PER_OBJECT * 9000);
  });

  test('take along what they gained when their thread ends', () => {
    expect(outcome.ended?.workers).toBe(1);
    expect(Math.abs(outcome.ended?.gained ?? Number.NaN)).toBeLessThan(PER_OBJECT * 1000);
  });

  test('are left out where threads are many', () => {
    expect(outcome.many).toEqual({ workers: 17, gained: null });
  });
});
