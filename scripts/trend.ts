import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { UsageError } from '../harness/errors.ts';
import type { NamedReport, Report } from '../harness/model.ts';
import { DEFAULT_TREND, renderTrend } from '../reports/chart-trend.ts';
import { hasFields } from '../reports/has-fields.ts';
import { UnreadableFile } from '../reports/saved.ts';
import { readReport } from '../reports/saved-report.ts';
import { type ChartLook, chartOptions, writeImages } from './chart-files.ts';
import { makeFolder } from './make-folder.ts';
import { messageOf } from './message-of.ts';
import { writing } from './output-folder.ts';
import { REPORT_FILE } from './result-files.ts';
import type { Surroundings } from './surroundings.ts';
import { leftOut } from './trend-runs.ts';

export interface TrendRequest extends ChartLook {
  /** Absolute path; its reports stand in it or in its folders. */
  readonly folder: string;
  /** Folder for the chart; default: that of the reports. */
  readonly out?: string;
}

/**
 * Draws how growth went over a folder of past reports as `trend.svg` and `trend.png`.
 * @throws {UsageError} if there is no report in it.
 */
export function trend({ folder, out, ...style }: TrendRequest, surroundings: Surroundings): number {
  const { stderr } = surroundings;
  const warn = (text: string) => stderr.write(text);
  const reports = runsOf(
    filesIn(folder).flatMap(path => readIfReport(path, warn)),
    warn,
  );
  if (reports.length === 0) {
    throw new UsageError(
      `Cannot draw a trend as there must be reports in the folder, as *.json or */report.json: ${folder}`,
    );
  }
  const { theme, width } = chartOptions(style);
  const svg = renderTrend(reports, { width, height: style.height ?? DEFAULT_TREND.height, theme });
  const target = out === undefined ? folder : resolve(surroundings.cwd(), out);
  writing(() => makeFolder(target));
  const paths = writing(() => writeImages(svg, join(target, `trend${style.dark ? '-dark' : ''}`)));
  for (const path of paths) stderr.write(`Drew ${path}\n`);
  return 0;
}

function runsOf(named: readonly NamedReport[], warn: (text: string) => void): Report[] {
  const all = named.map(({ report }) => report);
  return named.flatMap(({ name, report }) => {
    const reason = leftOut(report, all);
    if (reason === undefined) return [report];
    warn(`Left out ${name}: ${reason}\n`);
    return [];
  });
}

/** Files that may be reports, by name. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .flatMap(entry => {
        if (entry.isDirectory()) return [join(folder, entry.name, REPORT_FILE)];
        return entry.name.endsWith('.json') ? [join(folder, entry.name)] : [];
      })
      .sort();
  } catch (error) {
    throw new UsageError(`Cannot draw a trend as the folder must be readable: ${messageOf(error)}`);
  }
}

/** Other files are passed over without a word, reports that cannot be read with one. */
function readIfReport(path: string, warn: (text: string) => void): NamedReport[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  if (basename(path) !== REPORT_FILE && !hasFields(text, 'trials')) return [];
  try {
    return [{ name: path, report: readReport(text) }];
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    warn(`Left out ${path}: ${error.message}\n`);
    return [];
  }
}
