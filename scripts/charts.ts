import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../harness/errors.ts';
import type { NamedReport, Report } from '../harness/model.ts';
import { FORMAT_NAMES, type Format, render } from '../reports/index.ts';
import { UnreadableFile } from '../reports/saved.ts';
import { readReport } from '../reports/saved-report.ts';
import { sideBySide } from '../reports/side-by-side.ts';
import { CHART_NAMES, type ChartLook, type ChartName, chartOptions, writeCharts } from './chart-files.ts';
import { isFolder } from './file-kind.ts';
import { makeFolder } from './make-folder.ts';
import { messageOf } from './message-of.ts';
import { oneOf } from './one-of.ts';
import { writing } from './output-folder.ts';
import { recoveredRun } from './recovered-run.ts';
import { certificationPath, redrawCertification } from './redraw-certification.ts';
import { placesOf } from './reporters.ts';
import { goesOn, hintOfKilled, isOfRun, REPORT_FILE, runIn, SAMPLES_FILE } from './result-files.ts';
import { refusePicture, type Surroundings, styleFor } from './surroundings.ts';
import { trend } from './trend.ts';

export interface ChartsRequest extends ChartLook {
  /** Paths of reports or of one certification, or of the folders that hold one; none: the newest run in `out/`. */
  readonly reports: readonly string[];
  /** Folder of past reports: draws how they went instead. */
  readonly trend?: string;
  /** Print this format, one of `FORMAT_NAMES`, instead of drawing charts. */
  readonly format?: string;
  /** One of `CHART_NAMES`. */
  readonly chart?: string;
  /** Folder for what is drawn; default: that of the last report. */
  readonly out?: string;
}

/**
 * Redraws a saved report or certification, or several reports side by side, or how a folder of them went;
 * measures nothing.
 * @throws {UsageError} for a format or chart that is not known, and if there is no report.
 */
export function charts(request: ChartsRequest, surroundings: Surroundings): number {
  const cwd = surroundings.cwd();
  if (request.trend !== undefined) {
    if (request.reports.length > 0 || request.format !== undefined || request.chart !== undefined)
      throw new UsageError('Cannot draw a trend as --trend must stand without reports, --format and --chart');
    return trend({ ...request, folder: resolve(cwd, request.trend) }, surroundings);
  }
  const [given = ''] = request.reports;
  const certification = request.reports.length === 1 ? certificationPath(given, cwd) : undefined;
  if (certification !== undefined) return redrawCertification(certification, request, surroundings);
  const alone = request.reports.find(path => certificationPath(path, cwd) !== undefined);
  if (alone !== undefined)
    throw new UsageError(`Cannot set runs side by side as each must be a run: ${alone} is a certification`);
  const paths =
    request.reports.length > 0 ? request.reports.map(path => reportPath(path, cwd)) : [newestRun(cwd)];
  const runs = paths.map((path, at) => ({
    name: request.reports[at] ?? path,
    report: savedRun(path, surroundings),
  }));
  const [only] = runs;
  return runs.length === 1 && only !== undefined
    ? redraw(only.report, request, paths, '', surroundings)
    : redraw(sideBySide(shortlyNamed(runs)), request, paths, 'runs-', surroundings);
}

function redraw(
  report: Report,
  request: ChartsRequest,
  paths: readonly string[],
  prefix: string,
  surroundings: Surroundings,
): number {
  const { stdout, stderr, env } = surroundings;
  const { out } = request;
  const chart = oneOf(CHART_NAMES, request.chart ?? 'heap', 'draw a chart as --chart');
  if (request.format !== undefined) {
    if (out !== undefined)
      throw new UsageError(`Cannot print a format as --out must be left out beside --format: it is ${out}`);
    const format = oneOf(FORMAT_NAMES, request.format, 'render the report as its format');
    stdout.write(printed(report, format, chart, request, surroundings));
    return 0;
  }
  const folder = out === undefined ? dirname(paths.at(-1) ?? '') : resolve(surroundings.cwd(), out);
  writing(() => makeFolder(folder));
  stdout.write(render(report, 'text', { ...styleFor(stdout, env), exitCode: 'of-run' }));
  const page = join(folder, `${prefix}report.html`);
  writing(() => writeFileSync(page, render(report, 'html')));
  for (const path of [page, ...writing(() => writeCharts(report, folder, chart, request, prefix))]) {
    stderr.write(`Drew ${path}\n`);
  }
  return 0;
}

function printed(
  report: Report,
  format: Format,
  chart: ChartName,
  look: ChartLook,
  surroundings: Surroundings,
): string | Uint8Array {
  if (format === 'text') return render(report, 'text', { exitCode: 'of-run' });
  if (format !== 'svg' && format !== 'png') return render(report, format, placesOf(surroundings.cwd()));
  if (format === 'png') refusePicture(surroundings.stdout);
  if (chart === 'all')
    throw new UsageError('Cannot print a chart as --chart must name a single one beside --format: it is all');
  return render(report, format, { ...chartOptions(look), kind: chart });
}

/** What tells them apart: their paths without the parts that all share. */
function shortlyNamed(runs: readonly NamedReport[]): readonly NamedReport[] {
  const parts = runs.map(({ name }) =>
    name
      .replace(/\/?(report\.json|samples\.jsonl)$/, '')
      .replace(/\.json$/, '')
      .split('/'),
  );
  let shared = 0;
  while (parts.every(own => own.length > shared + 1 && own[shared] === parts[0]?.[shared])) shared++;
  const names = runs.map(({ name }, at) => parts[at]?.slice(shared).join('/') || basename(name));
  const short = withoutMoment(names);
  return runs.map(({ report }, at) => ({ name: numbered(short, at), report }));
}

/** Folders of runs begin with their moment: without the part of it that all share. */
function withoutMoment(names: readonly string[]): readonly string[] {
  const [first = ''] = names;
  if (new Set(names).size < names.length) return names;
  const shared = [...first.matchAll(/[-T]/g)]
    .map(({ index }) => first.slice(0, index + 1))
    .findLast(part => /^\d{4}-\d\d-\d\dT/.test(part) && names.every(name => name.startsWith(part)));
  return shared === undefined ? names : names.map(name => name.slice(shared.length));
}

/** The same run may be given twice: `a #1`, `a #2`. */
function numbered(names: readonly string[], at: number): string {
  const own = names[at] ?? '';
  const alike = names.filter(name => name === own).length;
  if (alike < 2) return own;
  return `${own} #${names.slice(0, at + 1).filter(name => name === own).length}`;
}

/** A report, or what a run left that was killed before it wrote one. */
function savedRun(path: string, surroundings: Surroundings): Report {
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
  try {
    return readReport(text);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new UsageError(`${path}: ${error.message}`);
  }
}

/** The report, given by itself, by its folder or by the events beside it; or those events where a run wrote none. */
function reportPath(given: string, cwd: string): string {
  const path = resolve(cwd, given);
  if (basename(path) === SAMPLES_FILE) return runIn(dirname(path)) ?? path;
  return isFolder(path) ? (runIn(path) ?? join(path, REPORT_FILE)) : path;
}

function newestRun(cwd: string): string {
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
