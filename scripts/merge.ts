import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../harness/errors.ts';
import { mergeReports } from '../harness/merge.ts';
import type { NamedReport } from '../harness/model.ts';
import { formatCount } from '../reports/format.ts';
import { render } from '../reports/index.ts';
import { writeCharts } from './chart-files.ts';
import { isFolder } from './file-kind.ts';
import { folderFor, OutputFolder } from './output-folder.ts';
import { Reporters, type ReportersRequest } from './reporters.ts';
import { hintOfKilled, REPORT_FILE } from './result-files.ts';
import { loadReport } from './saved-runs.ts';
import { type Surroundings, styleFor } from './surroundings.ts';
import { writeReport } from './write-report.ts';

export interface MergeRequest extends ReportersRequest {
  /** Paths of reports, of folders that hold one, or of folders of such folders. */
  readonly reports: readonly string[];
  readonly out?: string;
  readonly json: boolean;
}

/**
 * Makes one report of several and writes it in every format; measures nothing. Returns the exit code that one
 * run of all of them would have had.
 * @throws {UsageError} if a report cannot be read, or they do not fit together.
 */
export async function merge(request: MergeRequest, surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, env } = surroundings;
  const cwd = surroundings.cwd();
  const named = request.reports.flatMap(path => reportsAt(path, cwd));
  const report = mergeReports(named);
  checkOut(request, named, cwd);
  const output = new OutputFolder(folderFor(request.out, cwd, 'merge'));
  const reporters = new Reporters(request, output.path, surroundings);
  output.begin({ samples: false });
  // First: whatever cannot be written then, the verdict is known.
  if (request.json) stdout.write(render(report, 'json'));
  else stdout.write(render(report, 'text', styleFor(stdout, env)));
  writeReport(report, output.path);
  stderr.write(`Merged ${formatCount(named.length, 'report')} into ${output.path}\n`);
  await reporters.write(report);
  writeCharts(report, output.path);
  return report.exitCode;
}

/**
 * A report that is merged would be gone, and in a folder of folders the next merge would find the merged one
 * alone.
 */
function checkOut({ reports, out }: MergeRequest, named: readonly NamedReport[], cwd: string): void {
  if (out === undefined) return;
  const folder = resolve(cwd, out);
  const merged = [...reports, ...named.map(({ name }) => dirname(name))].find(
    path => resolve(cwd, path) === folder,
  );
  if (merged === undefined) return;
  throw new UsageError(`Cannot merge as --out must be none of the folders that are merged: it is ${merged}`);
}

function reportsAt(given: string, cwd: string): readonly NamedReport[] {
  return pathsAt(given, cwd).map(path => ({ name: path, report: loadReport(resolve(cwd, path), cwd) }));
}

/** The file itself; the report of a folder; or, as artifacts are downloaded, those of the folders in it. */
function pathsAt(given: string, cwd: string): readonly string[] {
  const path = resolve(cwd, given);
  if (!isFolder(path)) return [given];
  const own = join(given, REPORT_FILE);
  if (existsSync(resolve(cwd, own))) return [own];
  const inside = readdirSync(path)
    .sort()
    .map(name => join(given, name, REPORT_FILE))
    .filter(candidate => existsSync(resolve(cwd, candidate)));
  if (inside.length > 0) return inside;
  throw new UsageError(
    `Cannot merge as a folder must hold a ${REPORT_FILE}, or folders that do: ${given}${hintOfKilled(path, cwd)}`,
  );
}
