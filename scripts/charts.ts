import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../harness/errors.ts';
import type { Report } from '../harness/model.ts';
import { FORMAT_NAMES, type Format, render } from '../reports/index.ts';
import { sideBySide } from '../reports/side-by-side.ts';
import { CHART_NAMES, type ChartLook, type ChartName, chartOptions, writeCharts } from './chart-files.ts';
import { makeFolder } from './make-folder.ts';
import { oneOf } from './one-of.ts';
import { writing } from './output-folder.ts';
import { certificationPath, redrawCertification } from './redraw-certification.ts';
import { placesOf } from './reporters.ts';
import { shortlyNamed } from './run-names.ts';
import { newestRun, reportPath, savedRun } from './saved-runs.ts';
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
  request: ChartsRequest,
  surroundings: Surroundings,
): string | Uint8Array {
  if (format !== 'svg' && format !== 'png') {
    const { chart: named, width, height, dark } = request;
    if (named !== undefined || width !== undefined || height !== undefined || dark)
      throw new UsageError(
        `Cannot print a report as --chart, --width, --height and --dark must be left out beside --format ${format}: it has no chart to be drawn`,
      );
    if (format === 'text') return render(report, 'text', { exitCode: 'of-run' });
    return render(report, format, placesOf(surroundings.cwd()));
  }
  if (format === 'png') refusePicture(surroundings.stdout);
  if (chart === 'all')
    throw new UsageError('Cannot print a chart as --chart must name a single one beside --format: it is all');
  return render(report, format, { ...chartOptions(request), kind: chart });
}
