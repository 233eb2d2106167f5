import { join } from 'node:path';
import { takeEvidence } from '../harness/evidence/evidence.ts';
import type { Evidence } from '../harness/model.ts';
import { buildReport } from '../harness/report.ts';
import { describe } from '../harness/spawn/describe.ts';
import { renderEvidence } from '../reports/evidence.ts';
import { render } from '../reports/index.ts';
import { environment } from './environment.ts';
import { type ExplainedRequest, explainedTrials } from './explained-trials.ts';
import { untilInterrupted } from './interruption.ts';
import { loadingOptions } from './loading-options.ts';
import { checkNodeFlags } from './node-flags.ts';
import { folderFor, OutputFolder } from './output-folder.ts';
import { scenarioFiles } from './scenario-files.ts';
import { type Surroundings, styleFor } from './surroundings.ts';
import { writeReport } from './write-report.ts';

export interface ExplainRequest extends ExplainedRequest {
  /** Names or paths. */
  readonly scenarios: readonly string[];
  readonly keepSnapshots: boolean;
  readonly out?: string;
  readonly json: boolean;
  readonly command: readonly string[];
}

/**
 * Says what builds keep, who holds it and where it was created; judges nothing. Returns 0 if it could be
 * said, else 2; 130 after Ctrl-C.
 */
export async function explain(request: ExplainRequest, surroundings: Surroundings): Promise<number> {
  const begin = performance.now();
  const cwd = surroundings.cwd();
  const { stdout, stderr, env } = surroundings;
  return untilInterrupted(surroundings, async signal => {
    const loading = loadingOptions(request.overrides);
    const descriptions = await describe(scenarioFiles(request.scenarios, cwd), { ...loading, signal });
    const trials = explainedTrials(descriptions, request);
    checkNodeFlags(trials.map(({ trial }) => trial.options.nodeFlags));
    const lookedIn = await environment(request.command, cwd);
    const output = new OutputFolder(folderFor(request.out, cwd, 'explain'));
    output.begin({ samples: false });
    const evidence: Evidence[] = [];
    for (const { trial, plan } of trials) {
      if (!signal.aborted) stderr.write(`Looking for what ${trial.scenario} ${trial.build} keeps\n`);
      const keepIn = request.keepSnapshots && { keepIn: join(output.path, 'snapshots') };
      evidence.push(await takeEvidence(trial, { plan, signal, ...keepIn }));
    }
    const isWhole = evidence.every(({ outcome }) => outcome === 'completed');
    const report = {
      ...buildReport({
        environment: lookedIn,
        descriptions,
        results: [],
        timings: [],
        heapDiffs: [],
        evidence,
        warnings: [],
        elapsed: performance.now() - begin,
      }),
      exitCode: isWhole ? (0 as const) : (2 as const),
    };
    writeReport(report, output.path);
    if (request.json) stdout.write(render(report, 'json'));
    else stdout.write(renderEvidence(report, styleFor(stdout, env)));
    stderr.write(`Results in ${output.path}\n`);
    return signal.aborted ? 130 : report.exitCode;
  });
}
