import { join, resolve } from 'node:path';
import { courseOf, usualCourse } from '../harness/evidence/course.ts';
import { takeEvidence } from '../harness/evidence/evidence.ts';
import type { Evidence, Parameters, ScenarioDescription, Trial, TrialOptions } from '../harness/model.ts';
import { plan } from '../harness/plan.ts';
import { buildReport } from '../harness/report.ts';
import { describe } from '../harness/worker/describe.ts';
import type { EvidenceCourse } from '../harness/worker/protocol.ts';
import { renderEvidence } from '../reports/evidence.ts';
import { render } from '../reports/index.ts';
import { environment } from './environment.ts';
import { interruption } from './interruption.ts';
import { freshFolder, OutputFolder } from './output-folder.ts';
import { scenarioFile } from './scenario-files.ts';
import { type Surroundings, wantsColor, widthOf } from './surroundings.ts';

export interface ExplainRequest {
  /** Names or paths. */
  readonly scenarios: readonly string[];
  /** Empty: those that should leak; where none should, the first. */
  readonly builds: readonly string[];
  /** Between the first and the last heap snapshot; default: as many as it takes to see something. */
  readonly iterations?: number;
  readonly parameters: Parameters;
  readonly overrides: Partial<TrialOptions>;
  readonly allocationStacks: boolean;
  readonly keepSnapshots: boolean;
  readonly out?: string;
  readonly json: boolean;
  readonly command: readonly string[];
}

/** Says what builds keep, who holds it and where it was created; judges nothing. Returns 0 if it could be said, else 2. */
export async function explain(request: ExplainRequest, surroundings: Surroundings): Promise<number> {
  const begin = performance.now();
  const cwd = surroundings.cwd();
  const { stdout, stderr, env } = surroundings;
  const interrupted = interruption(surroundings);
  try {
    const { signal } = interrupted;
    const descriptions = await describe(
      request.scenarios.map(scenario => scenarioFile(scenario, cwd)),
      signal,
    );
    const trials = trialsOf(descriptions, request);
    const output = new OutputFolder(
      request.out ? resolve(cwd, request.out) : freshFolder(cwd, 'explain', new Date()),
    );
    const evidence: Evidence[] = [];
    for (const { trial, course } of trials) {
      if (!signal.aborted) stderr.write(`Looking for what ${trial.scenario} ${trial.build} keeps\n`);
      const keepIn = request.keepSnapshots && { keepIn: join(output.path, 'snapshots') };
      evidence.push(await takeEvidence(trial, { course, signal, ...keepIn }));
    }
    const isWhole = evidence.every(({ outcome }) => outcome === 'completed');
    const report = {
      ...buildReport({
        environment: environment(request.command, cwd),
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
    output.write(report);
    if (request.json) stdout.write(render(report, 'json'));
    else stdout.write(renderEvidence(report, { width: widthOf(stdout), color: wantsColor(stdout, env) }));
    stderr.write(`Results in ${output.path}\n`);
    return signal.aborted ? 130 : report.exitCode;
  } finally {
    interrupted.dispose();
  }
}

interface Explained {
  readonly trial: Trial;
  readonly course: EvidenceCourse;
}

function trialsOf(descriptions: readonly ScenarioDescription[], request: ExplainRequest): Explained[] {
  const { builds, parameters, overrides, iterations, allocationStacks } = request;
  const trials = plan(descriptions, {
    builds,
    parameters,
    overrides,
    repetitions: 1,
    jit: 'none',
    nullRun: false,
  });
  return descriptions.flatMap(({ name }) => {
    const own = trials.filter(({ scenario }) => scenario === name);
    const leaky = own.filter(({ expect }) => expect === 'leak');
    const chosen = builds.length > 0 ? own : leaky.length > 0 ? leaky : own.slice(0, 1);
    return chosen.map(trial => {
      const settings = { allocationStacks };
      const course =
        iterations === undefined
          ? usualCourse(trial.options, settings)
          : courseOf(iterations, trial.options, settings);
      // The scenario is told how many iterations there will be, as it is where it is measured.
      return { trial: { ...trial, options: { ...trial.options, iterations: course.iterations } }, course };
    });
  });
}
