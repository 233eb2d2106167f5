import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HarnessError } from '../harness/errors.ts';
import type { Report, RunEvent } from '../harness/model.ts';
import { renderChart } from '../reports/chart.ts';
import { renderHtml } from '../reports/html.ts';
import { renderJson } from '../reports/json.ts';
import { isExplained } from '../reports/judged.ts';
import { renderMarkdown } from '../reports/markdown.ts';
import { CHART_FILES } from './chart-files.ts';
import { makeFolder } from './make-folder.ts';
import { messageOf } from './message-of.ts';
import { checkOlderResults, removeOlderResults } from './older-results.ts';
import type { Recorded, RunBegin } from './recovered-run.ts';
import { REPORTER_FILES } from './reporters.ts';
import { REPORT_FILE, SAMPLES_FILE } from './result-files.ts';

/** What a run leaves in its folder. */
const FILES: readonly string[] = [SAMPLES_FILE, ...Object.values(REPORTER_FILES), ...CHART_FILES];

/**
 * `out/<run>/`: made before the first trial, so that a bad path fails at once; every event is appended to
 * `samples.jsonl` as it happens, so that a crash loses nothing that was measured.
 */
export class OutputFolder {
  readonly path: string;
  readonly #samples: string;
  #begin = performance.now();

  /**
   * Makes the folder where it is missing.
   * @throws {HarnessError} if it cannot be made.
   * @throws {UsageError} if it has files of somebody else's that would be written over.
   */
  constructor(path: string) {
    this.path = resolve(path);
    this.#samples = join(this.path, SAMPLES_FILE);
    writing(() => makeFolder(this.path));
    checkOlderResults(this.path, FILES);
  }

  /**
   * Removes what an older run has left; apart, as there may be more that a run fails for before it begins.
   * @param options `samples`: whether there will be events to append
   * @throws {HarnessError} if the folder cannot be written to.
   */
  begin({ samples = true }: { readonly samples?: boolean } = {}): void {
    writing(() => {
      removeOlderResults(this.path, FILES);
      if (samples) writeFileSync(this.#samples, '');
    });
    this.#begin = performance.now();
  }

  append(event: RunBegin | RunEvent): void {
    const recorded: Recorded<typeof event> = { ...event, at: Math.round(performance.now() - this.#begin) };
    appendFileSync(this.#samples, `${JSON.stringify(recorded)}\n`);
  }

  /**
   * Writes the report and, where there is something to draw, its chart as SVG; `writeCharts` draws the PNG,
   * which takes longer than all the rest.
   */
  write(report: Report): void {
    writeFileSync(join(this.path, REPORT_FILE), renderJson(report));
    writeFileSync(join(this.path, 'report.md'), renderMarkdown(report));
    if (!isExplained(report)) writeFileSync(join(this.path, 'heap-growth.svg'), renderChart(report));
    writeFileSync(join(this.path, 'report.html'), renderHtml(report));
  }
}

/**
 * The folder that was asked for, or else a fresh one.
 * @throws {HarnessError} if that cannot be made.
 */
export function folderFor(out: string | undefined, cwd: string, command: string): string {
  return out ? resolve(cwd, out) : freshFolder(cwd, command, new Date());
}

/**
 * Makes a new folder under `out/`, named after the moment and the command, and returns its path. Two runs that begin at
 * once get two folders.
 * @throws {HarnessError} if it cannot be made.
 */
export function freshFolder(cwd: string, command: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-');
  const base = join(cwd, 'out', `${stamp}-${command}`);
  return writing(() => {
    makeFolder(join(cwd, 'out'));
    let path = base;
    for (let number = 2; !made(path); number++) path = `${base}-${number}`;
    return path;
  });
}

/** False if it was there already. */
function made(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @throws {HarnessError} where `write` throws. */
export function writing<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new HarnessError(`Cannot write results as the folder must be writable: ${messageOf(error)}`);
  }
}
