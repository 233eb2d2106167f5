import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../harness/errors.ts';
import type { Report } from '../harness/model.ts';
import { FORMAT_NAMES, type Format, readReport, render } from '../reports/index.ts';
import { writeCharts } from './output-folder.ts';
import { placesOf } from './reporters.ts';
import { type Surroundings, wantsColor, widthOf } from './surroundings.ts';

export interface ChartsRequest {
  /** Path of a report.json, or of the folder that holds one; default: the newest run in `out/`. */
  readonly report?: string;
  /** Print this format, one of `FORMAT_NAMES`, instead of drawing charts. */
  readonly format?: string;
  /** Folder for the charts; default: the report's. */
  readonly out?: string;
}

/**
 * Redraws a saved report; measures nothing.
 * @throws {UsageError} for a format that is not known, and if there is no report.
 */
export function charts(request: ChartsRequest, surroundings: Surroundings): number {
  const { stdout, env } = surroundings;
  const format = request.format === undefined ? undefined : formatOf(request.format);
  const path = reportPath(request.report, surroundings.cwd());
  const report = loadReport(path);
  if (format !== undefined) {
    stdout.write(render(report, format, placesOf(surroundings.cwd())));
    return 0;
  }
  const folder = request.out ? resolve(surroundings.cwd(), request.out) : dirname(path);
  mkdirSync(folder, { recursive: true });
  stdout.write(render(report, 'text', { width: widthOf(stdout), color: wantsColor(stdout, env) }));
  for (const chart of writeCharts(report, folder)) surroundings.stderr.write(`Drew ${chart}\n`);
  return 0;
}

function formatOf(name: string): Format {
  const format = FORMAT_NAMES.find(known => known === name);
  if (format) return format;
  throw new UsageError(
    `Cannot render the report as its format must be one of ${FORMAT_NAMES.join(', ')}: current value is "${name}"`,
  );
}

/**
 * Reads a saved report.
 * @throws {UsageError} if the file cannot be read.
 * @throws {UnreadableFile} if it is no report.
 */
export function loadReport(path: string): Report {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot read the report as the file must be readable: ${String(error)}`);
  }
  return readReport(text);
}

function reportPath(given: string | undefined, cwd: string): string {
  if (given === undefined) return newestReport(cwd);
  const path = resolve(cwd, given);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'report.json') : path;
}

function newestReport(cwd: string): string {
  const folder = join(cwd, 'out');
  const runs = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
  const reports = runs
    .map(run => join(folder, run, 'report.json'))
    .filter(path => statSync(path, { throwIfNoEntry: false }) !== undefined)
    .sort((left, right) => statSync(left).mtimeMs - statSync(right).mtimeMs);
  const newest = reports.at(-1);
  if (newest) return newest;
  throw new UsageError(`Cannot redraw as there must be a saved report, given by path or under: ${folder}`);
}
