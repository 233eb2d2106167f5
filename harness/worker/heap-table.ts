import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ClassCount, HeapTable, Iterations } from '../model.ts';

const MOST_OUTPUT = 64 * 2 ** 20;
/** Time for reading one snapshot, in milliseconds. */
const DEADLINE = 60_000;

/**
 * Reads a heap snapshot in a process of its own, so that neither the measured heap nor this one holds it, and removes the
 * file. Undefined where it cannot be read: the verdict then rests on the other readings.
 */
export async function readHeapTable(path: string, iteration: Iterations): Promise<HeapTable | undefined> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [readerMain(), path], {
      maxBuffer: MOST_OUTPUT,
      timeout: DEADLINE,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    return { iteration, classes: JSON.parse(stdout) as HeapTable['classes'] };
  } catch {
    return undefined;
  } finally {
    await rm(path, { force: true });
  }
}

/** The tables without the classes that every one of them counts alike. */
export function changingClasses(tables: readonly HeapTable[]): HeapTable[] {
  const names = new Set(tables.flatMap(({ classes }) => Object.keys(classes)));
  const [first, ...others] = tables;
  const changing = [...names].filter(name =>
    others.some(other => !isSame(first?.classes[name], other.classes[name])),
  );
  return tables.map(({ iteration, classes }) => ({
    iteration,
    classes: Object.fromEntries(changing.map(name => [name, classes[name] ?? { count: 0, bytes: 0 }])),
  }));
}

function isSame(one: ClassCount | undefined, other: ClassCount | undefined): boolean {
  return one?.count === other?.count && one?.bytes === other?.bytes;
}

/** Compiled, beside this file or in dist/. */
function readerMain(): string {
  const beside = fileURLToPath(new URL('../evidence/heap-classes-main.js', import.meta.url));
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL('../../dist/harness/evidence/heap-classes-main.js', import.meta.url));
}
