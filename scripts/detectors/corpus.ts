import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../harness/errors.ts';
import type { Trial } from '../../harness/model.ts';
import { plan } from '../../harness/plan.ts';
import { describe } from '../../harness/spawn/describe.ts';
import { oneOf } from '../one-of.ts';
import { packageRoot } from '../package-root.ts';
import type { Case } from './score.ts';

/** Folders of a corpus; what a case is expected to be stands in the scenario itself. */
const FOLDERS = ['leaks', 'decoys'] as const;

export interface CorpusCase extends Case {
  readonly trial: Trial;
}

/** leakgate's own corpus: part of its repository, not of its package. */
export function ownCorpus(): string {
  return fileURLToPath(new URL('tests/corpus/', packageRoot()));
}

/**
 * One case per scenario and build of the modules in `leaks/` and `decoys/` of a folder.
 * @param only file names without extension; empty: all
 * @throws {UsageError} if there are none, a name in `only` is unknown, or a module is no scenario.
 */
export async function corpus(folder: string, only: readonly string[]): Promise<CorpusCase[]> {
  const files = FOLDERS.flatMap(kind => modulesIn(resolve(folder, kind)));
  if (files.length === 0) {
    throw new UsageError(
      `Cannot read the corpus as its leaks/ and decoys/ must hold scenario modules (.mjs), and leakgate's own is in a checkout of it alone, so that elsewhere a folder must be named: ${folder}`,
    );
  }
  for (const name of only) oneOf(files.map(nameOf), name, 'select the case as it');
  const selected = files.filter(file => only.length === 0 || only.includes(nameOf(file)));
  return casesOf(await describe(selected));
}

function casesOf(descriptions: Awaited<ReturnType<typeof describe>>): CorpusCase[] {
  return plan(descriptions).map(trial => ({
    name: trial.build === 'default' ? trial.scenario : `${trial.scenario} ${trial.build}`,
    expect: trial.expect,
    trial,
  }));
}

function modulesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter(file => file.endsWith('.mjs'));
  return files.sort().map(file => join(folder, file));
}

function nameOf(path: string): string {
  return /([^/\\]+)\.mjs$/.exec(path)?.[1] ?? path;
}
