import type { Report } from '../harness/model.ts';
import { render } from '../reports/index.ts';
import { writeCharts } from './chart-files.ts';
import type { GateRequest } from './gate.ts';
import type { Reporters } from './reporters.ts';
import { type Surroundings, styleFor } from './surroundings.ts';
import { writeReport } from './write-report.ts';

interface Where {
  /** The results are written to it. */
  readonly folder: string;
  readonly reporters: Reporters;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
}

/** Prints the report of a run and writes it in every form that it is asked for. */
export async function tellResults(
  report: Report,
  request: GateRequest,
  { folder, reporters, surroundings, signal }: Where,
): Promise<void> {
  // First: whatever cannot be written then, the verdict is known.
  print(report, request, surroundings);
  writeReport(report, folder);
  surroundings.stderr.write(`Results in ${folder}\n`);
  await reporters.write(report);
  // After Ctrl-C nobody waits for it.
  if (request.png && !signal.aborted) writeCharts(report, folder);
}

function print(report: Report, request: GateRequest, surroundings: Surroundings): void {
  const { stdout, env } = surroundings;
  if (request.json) stdout.write(render(report, 'json'));
  else {
    const exitCode = request.quietExitCode === true ? 'none' : 'meaning';
    stdout.write(render(report, 'text', { ...styleFor(stdout, env), exitCode }));
  }
}
