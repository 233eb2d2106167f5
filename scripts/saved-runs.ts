import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../harness/errors.ts';
import type { Report } from '../harness/model.ts';
import { readReport } from '../reports/saved-report.ts';
import { isFolder } from './file-kind.ts';
import { messageOf } from './message-of.ts';
import { readGiven } from './read-given.ts';
import { recoveredRun } from './recovered-run.ts';
import { goesOn, hintOfKilled, isOfRun, REPORT_FILE, runIn, SAMPLES_FILE } from './result-files.ts';
import type { Surroundings } from './surroundings.ts';

/** The report, given by itself, by its folder or by the events beside it; or those events where a run wrote none. */
export function reportPath(given: string, cwd: string): string {
  const path = resolve(cwd, given);
  if (basename(path) === SAMPLES_FILE) return runIn(dirname(path)) ?? path;
  return isFolder(path) ? (runIn(path) ?? join(path, REPORT_FILE)) : path;
}

/**
 * Path of the newest run under `out/`: its report, or its events where it was killed.
 * @throws {UsageError} if there is none, or a report among them cannot be read.
 */
export function newestRun(cwd: string): string {
  const folder = join(cwd, 'out');
  const runs = isFolder(folder) ? readdirSync(folder) : [];
  const newest = runs
    .map(run => runIn(join(folder, run)))
    .filter(path => path !== undefined)
    .sort((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs)
    .filter(path => basename(path) === REPORT_FILE || (isOfRun(path) && !goesOn(path)));
  // That of `explain` has no chart.
  const chosen =
    newest.find(path => basename(path) === SAMPLES_FILE || loadReport(path, cwd).trials.length > 0) ??
    newest[0];
  if (chosen !== undefined) return chosen;
  throw new UsageError(`Cannot redraw as there must be a saved report, given by path or under: ${folder}`);
}

/**
 * A report, or what a run left that was killed before it wrote one.
 * @throws {UsageError} if the file cannot be read, or is neither.
 */
export function savedRun(path: string, surroundings: Surroundings): Report {
  if (basename(path) !== SAMPLES_FILE) return loadReport(path, surroundings.cwd());
  const report = recoveredRun(path);
  surroundings.stderr.write(
    `No report was written${goesOn(path) ? ' yet' : ''}: this is what ${path} has of the run, without its evidence\n`,
  );
  return report;
}

/**
 * Reads a saved report.
 * @throws {UsageError} if the file cannot be read, or is no report.
 */
export function loadReport(path: string, cwd: string): Report {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `Cannot read the report as the file must be readable: ${messageOf(error)}${hintOfKilled(path, cwd)}`,
    );
  }
  return readGiven(path, () => readReport(text));
}
