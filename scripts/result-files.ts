import { existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** What a run leaves in its folder: its events as they happen, and its report at the end. */
export const SAMPLES_FILE = 'samples.jsonl';
export const REPORT_FILE = 'report.json';

/** What is left of the run in a folder: the report, or the events where it was killed before it wrote one. */
export function runIn(folder: string): string | undefined {
  return [REPORT_FILE, SAMPLES_FILE].map(file => join(folder, file)).find(path => existsSync(path));
}

/** Completes the message that a report cannot be read: where its run was killed, how to see what there is. */
export function hintOfKilled(report: string, cwd: string): string {
  const folder = dirname(report);
  if (basename(report) !== REPORT_FILE || basename(runIn(folder) ?? '') !== SAMPLES_FILE) return '';
  return `; the run ended before it wrote one, and "leakgate render ${relative(cwd, folder) || '.'}" shows what it has`;
}
