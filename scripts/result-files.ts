import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { CHART_KINDS } from '../reports/chart-kinds.ts';
import type { Format } from '../reports/format-names.ts';
import { hasFields } from '../reports/has-fields.ts';
import { isFolder } from './file-kind.ts';

/** What a run leaves in its folder: its events as they happen, and its report at the end. */
export const SAMPLES_FILE = 'samples.jsonl';
export const REPORT_FILE = 'report.json';

/** What reporters without a path write. */
export const REPORTER_FILES: { readonly [format in Exclude<Format, 'github'>]: string } = {
  text: 'report.txt',
  markdown: 'report.md',
  html: 'report.html',
  json: REPORT_FILE,
  svg: 'heap-growth.svg',
  png: 'heap-growth.png',
  junit: 'junit.xml',
  sarif: 'leakgate.sarif',
  tap: 'report.tap',
  'pr-comment': 'pr-comment.md',
};

/** Every name under which the charts of a single run are drawn. */
const CHART_FILES = Object.values(CHART_KINDS).flatMap(({ file }) =>
  ['', '-dark'].flatMap(theme => ['svg', 'png'].map(type => `${file}${theme}.${type}`)),
);

export const CERTIFICATION_FILE = 'certification.json';

/**
 * Whatever a run or a certification may leave in its folder, or `render` does: none of one must pass for a
 * result of the other. The events of a certification are one line per run, with all its readings.
 */
export const RESULT_FILES: readonly string[] = [
  ...new Set([SAMPLES_FILE, ...Object.values(REPORTER_FILES), ...CHART_FILES]),
  CERTIFICATION_FILE,
  'certification.md',
  ...['', '-dark'].flatMap(theme => ['svg', 'png'].map(type => `power${theme}.${type}`)),
];

/** Whether a path is of something saved to compare with: a file, or a folder with a report. */
export function isSaved(path: string): boolean {
  return isFolder(path) ? existsSync(join(path, REPORT_FILE)) : existsSync(path);
}

/** What is left of the run in a folder: the report, or the events where it was killed before it wrote one. */
export function runIn(folder: string): string | undefined {
  return [REPORT_FILE, SAMPLES_FILE].map(file => join(folder, file)).find(path => existsSync(path));
}

/** Whether a file has events of a run that can be shown, and not of a certification. */
export function isOfRun(path: string): boolean {
  return hasFields(firstLine(path), 'schemaVersion', 'pid', 'scenarios');
}

/** Whether the run of these events goes on, as far as its process tells. */
export function goesOn(path: string): boolean {
  const { pid } = JSON.parse(firstLine(path)) as { readonly pid: number };
  try {
    return pid !== process.pid && process.kill(pid, 0);
  } catch {
    return false;
  }
}

function firstLine(path: string): string {
  return readFileSync(path, 'utf8').split('\n', 1)[0] ?? '';
}

/**
 * Completes the message that a report cannot be read, given by itself or by its folder: where its run was killed,
 * how to see what there is.
 */
export function hintOfKilled(path: string, cwd: string): string {
  const folder = [REPORT_FILE, SAMPLES_FILE].includes(basename(path)) ? dirname(path) : path;
  const left = runIn(folder);
  if (left === undefined || basename(left) !== SAMPLES_FILE || !isOfRun(left)) return '';
  return `; its run was killed or goes on, and "leakgate render ${relative(cwd, folder) || '.'}" shows what it has`;
}
