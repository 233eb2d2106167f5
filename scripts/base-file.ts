import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { type Base, baseEntries, withHeapTables } from '../harness/base.ts';
import { UsageError } from '../harness/errors.ts';
import type { BaseEntry } from '../harness/model.ts';
import { readBaseline } from '../reports/baseline.ts';
import { hasFields } from '../reports/has-fields.ts';
import { isInterrupted } from '../reports/judged.ts';
import { readReport } from '../reports/saved-report.ts';
import { isFolder } from './file-kind.ts';
import { messageOf } from './message-of.ts';
import { readGiven } from './read-given.ts';
import { hintOfKilled, isSaved, REPORT_FILE, SAMPLES_FILE } from './result-files.ts';
import { savedHeapTables } from './saved-heap-tables.ts';

/** How a saved run grew, or what a baseline keeps of it, and which of its trials faulted. */
export interface SavedGrowth {
  readonly from: 'baseline' | 'report';
  readonly entries: readonly BaseEntry[];
  /** `scenario build` of each. */
  readonly faulted: readonly string[];
  /** Ended by Ctrl-C: it decides nothing. */
  readonly interrupted: boolean;
  /** When the run did, as an ISO date; missing of a baseline. */
  readonly began?: string;
}

/**
 * `--base`: a file that exists or a folder with a report, or else a build's name; what looks like a path has to
 * be a file.
 */
export function baseOf(name: string, cwd: string): Base {
  const path = resolve(cwd, name);
  if (isSaved(path) && basename(path) !== SAMPLES_FILE) return baseIn(name, cwd);
  const hint = hintOfKilled(path, cwd);
  if (hint === '' && !name.includes('/') && !name.includes(sep) && !name.endsWith('.json'))
    return { from: 'build', name };
  throw new UsageError(`Cannot compare as the base must be a build, or a file that exists: ${path}${hint}`);
}

function baseIn(name: string, cwd: string): Base {
  const { from, entries, interrupted, began } = readGrowth(name, cwd);
  if (interrupted)
    throw new UsageError(`Cannot compare as the base must be a whole run: ${name} was interrupted`);
  if (began === undefined) return { from, name, entries };
  const path = resolve(cwd, name);
  const folder = isFolder(path) ? path : dirname(path);
  return { from, name, entries: withHeapTables(entries, savedHeapTables(folder, began)) };
}

/**
 * Reads a baseline, a report, or the folder that holds one.
 * @throws {UsageError} if it cannot be read, or is neither.
 */
export function readGrowth(name: string, cwd: string): SavedGrowth {
  const given = resolve(cwd, name);
  const path = isFolder(given) ? join(given, REPORT_FILE) : given;
  const text = read(path, cwd);
  return readGiven(path, () => {
    if (hasFields(text, 'scenarios') && !hasFields(text, 'trials'))
      return { from: 'baseline', entries: readBaseline(text), faulted: [], interrupted: false };
    const report = readReport(text);
    const faulted = report.trials.filter(
      judged =>
        judged.result.outcome === 'faulted' &&
        judged.result.trial.variant === 'stable' &&
        !isInterrupted(judged),
    );
    return {
      from: 'report',
      entries: baseEntries(report),
      faulted: [...new Set(faulted.map(({ result: { trial } }) => `${trial.scenario} ${trial.build}`))],
      interrupted: report.interrupted === true || report.trials.some(isInterrupted),
      began: report.environment.date,
    };
  });
}

function read(path: string, cwd: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `Cannot read the report or baseline as the file must be readable: ${messageOf(error)}${hintOfKilled(path, cwd)}`,
    );
  }
}
