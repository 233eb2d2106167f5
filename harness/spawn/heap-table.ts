import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { childEnvironment } from '../child-environment.ts';
import { compiledFile } from '../compiled.ts';
import type { ClassCount, HeapTable, Iterations } from '../model.ts';
import type { HeapContents } from '../snapshot/heap-classes.ts';

const MOST_OUTPUT = 64 * 2 ** 20;
/** Time for reading one snapshot, in milliseconds. */
const DEADLINE = 60_000;

/**
 * Reads a heap snapshot, taken after the `earlier` ones, in a process of its own, so that neither the
 * measured heap nor this one holds it, and removes the file. Undefined where it cannot be read: the verdict
 * then rests on the other readings.
 * @throws {HarnessError} if leakgate has not been compiled.
 */
export async function readHeapTable(
  path: string,
  iteration: Iterations,
  earlier: readonly HeapTable[],
): Promise<HeapTable | undefined> {
  const reader = compiledFile('harness/snapshot/heap-classes-main.js');
  const newest = Math.max(0, ...earlier.map(table => table.newest));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [reader, path, String(newest)], {
      maxBuffer: MOST_OUTPUT,
      timeout: DEADLINE,
      env: childEnvironment(),
    });
    return { iteration, ...(JSON.parse(stdout) as HeapContents) };
  } catch {
    return undefined;
  } finally {
    await rm(path, { force: true });
  }
}

const NONE: ClassCount = { count: 0, bytes: 0, seen: 0 };

/** The tables without the classes that every one of them counts alike. */
export function changingClasses(tables: readonly HeapTable[]): HeapTable[] {
  const names = new Set(tables.flatMap(({ classes }) => Object.keys(classes)));
  const [first, ...others] = tables;
  const changing = [...names].filter(name =>
    others.some(other => !isSame(first?.classes[name], other.classes[name])),
  );
  return tables.map(table => ({
    ...table,
    classes: Object.fromEntries(changing.map(name => [name, table.classes[name] ?? NONE])),
  }));
}

function isSame(one: ClassCount | undefined, other: ClassCount | undefined): boolean {
  return one?.count === other?.count && one?.bytes === other?.bytes;
}
