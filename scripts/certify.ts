import { availableParallelism } from 'node:os';
import {
  CERTIFICATION_VERSION,
  CERTIFIED_CONFIDENCE,
  CERTIFIED_SHARE,
  certifiedRun,
} from '../harness/certify.ts';
import { CertifySchedule } from '../harness/certify-schedule.ts';
import { decide } from '../harness/course/decide.ts';
import { UsageError } from '../harness/errors.ts';
import type {
  Certification,
  CertifiedKind,
  CertifiedRun,
  GivenOptions,
  Parameters,
  ScenarioDescription,
  Trial,
  TrialResult,
} from '../harness/model.ts';
import { plan } from '../harness/plan.ts';
import { run } from '../harness/run.ts';
import { describe } from '../harness/spawn/describe.ts';
import { renderCertification } from '../reports/certification.ts';
import { renderCertificationJson } from '../reports/certification-json.ts';
import { certificationExitCode } from '../reports/certification-wording.ts';
import { CertifyProgress } from '../reports/certify-progress.ts';
import { CertificationFolder } from './certification-folder.ts';
import { environment } from './environment.ts';
import { untilInterrupted } from './interruption.ts';
import { loadingOptions } from './loading-options.ts';
import { checkNodeFlags } from './node-flags.ts';
import { folderFor } from './output-folder.ts';
import { scenarioFile } from './scenario-files.ts';
import { type Surroundings, styleFor } from './surroundings.ts';

export interface CertifyRequest {
  /** Name or path. */
  readonly scenario: string;
  /** Empty: every build that should be steady. */
  readonly builds: readonly string[];
  readonly kinds: readonly CertifiedKind[];
  /** Runs at a size before it counts as caught. */
  readonly repetitions: number;
  readonly overrides: GivenOptions;
  readonly parameters: Parameters;
  /** Trials at once; default: the number of cores. */
  readonly jobs?: number;
  readonly out?: string;
  readonly json: boolean;
  readonly command: readonly string[];
}

/** Runs without a plant: enough for the median of what they state. */
const CLEAN_RUNS = 3;

/**
 * Plants leaks of known size into the measured process, has the gate judge them, and says which it catches.
 * Returns 0 if it catches what steady runs say they would, 1 if not or if a build is not steady by itself, 3
 * if that is open, 130 after Ctrl-C.
 */
export async function certify(request: CertifyRequest, surroundings: Surroundings): Promise<number> {
  const cwd = surroundings.cwd();
  const path = scenarioFile(request.scenario, cwd);
  return untilInterrupted(surroundings, async signal => {
    const loading = loadingOptions(request.overrides);
    const [description] = await describe([path], { ...loading, signal });
    if (!description) throw new Error(`Cannot certify as the scenario must describe itself: ${path}`);
    const trials = planned(description, request);
    checkNodeFlags([...trials.values()].flat().map(({ options }) => options.nodeFlags));
    const folder = new CertificationFolder(folderFor(request.out, cwd, 'certify'));
    const known = { description, environment: await environment(request.command, cwd) };
    const certifying = new Certifying(known, trials, request, folder, surroundings);
    const certification = await certifying.run(signal);
    if (signal.aborted) {
      surroundings.stderr.write(`Interrupted: what is known so far is in ${folder.path}\n`);
      return 130;
    }
    print(certification, request, surroundings);
    surroundings.stderr.write(`Results in ${folder.path}\n`);
    return certificationExitCode(certification);
  });
}

/** The runs without a plant, by build. */
function planned(description: ScenarioDescription, request: CertifyRequest): Map<string, Trial[]> {
  const steady = Object.keys(description.builds).filter(build => description.expect[build] !== 'leak');
  const builds = request.builds.length > 0 ? request.builds : steady;
  if (builds.length === 0) {
    throw new UsageError(
      `Cannot certify "${description.name}" as one of its builds must be expected to be steady: all leak`,
    );
  }
  const trials = plan([description], {
    ...request,
    builds,
    repetitions: CLEAN_RUNS,
  });
  return new Map(builds.map(name => [name, trials.filter(({ build }) => build === name)]));
}

/** What is known before anything is measured. */
type Known = Pick<Certification, 'environment'> & { readonly description: ScenarioDescription };

/** One certification under way. */
class Certifying {
  readonly #description: ScenarioDescription;
  readonly #request: CertifyRequest;
  readonly #folder: CertificationFolder;
  readonly #surroundings: Surroundings;
  readonly #schedules: readonly CertifySchedule[];
  readonly #jobs: number;
  readonly #progress: CertifyProgress;
  readonly #begin = performance.now();
  readonly #environment: Certification['environment'];

  constructor(
    { description, environment }: Known,
    trials: ReadonlyMap<string, readonly Trial[]>,
    request: CertifyRequest,
    folder: CertificationFolder,
    surroundings: Surroundings,
  ) {
    this.#description = description;
    this.#request = request;
    this.#folder = folder;
    this.#surroundings = surroundings;
    this.#environment = environment;
    this.#schedules = [...trials.values()].flatMap(([first, ...others]) => {
      if (!first) return [];
      const { iterations, allowance, seed } = first.options;
      const rule = { iterations, allowance, seed, repetitions: request.repetitions };
      return [new CertifySchedule([first, ...others], request.kinds, rule)];
    });
    const exclusive = [...trials.values()].flat().some(({ options }) => options.exclusive);
    this.#jobs = exclusive ? 1 : (request.jobs ?? availableParallelism());
    this.#progress = new CertifyProgress({ unit: description.unit, jobs: this.#jobs });
  }

  /** Ends when every size is known, or when the signal is aborted. */
  async run(signal: AbortSignal): Promise<Certification> {
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const running = new Set<Promise<void>>();
    this.#tell(this.#progress.begin(this.#description, this.#left()));
    try {
      while (!signal.aborted) {
        for (let next = this.#take(); next; next = running.size < this.#jobs ? this.#take() : undefined) {
          const job = this.#try(next, either).finally(() => running.delete(job));
          running.add(job);
        }
        if (running.size === 0) break;
        await Promise.race(running);
      }
      return this.#save(!signal.aborted);
    } finally {
      failed.abort();
      await Promise.allSettled(running);
    }
  }

  #take(): { readonly trial: Trial; readonly schedule: CertifySchedule } | undefined {
    for (const schedule of this.#schedules) {
      const trial = schedule.take();
      if (trial) return { trial, schedule };
    }
    return undefined;
  }

  async #try(
    { trial, schedule }: { readonly trial: Trial; readonly schedule: CertifySchedule },
    signal: AbortSignal,
  ): Promise<void> {
    for await (const event of run([trial], { jobs: 1, decide, signal })) {
      if (event.type !== 'trial:end' || isInterrupted(event.result)) continue;
      this.#folder.append(event);
      const ended: CertifiedRun = certifiedRun(event.result);
      schedule.add(ended);
      this.#save(false);
      this.#tell(this.#progress.ended(ended, this.#left()));
    }
  }

  #left(): number {
    return this.#schedules.reduce((sum, { left }) => sum + left, 0);
  }

  /** After each run, so that an end before the last keeps what is known. */
  #save(complete: boolean): Certification {
    const certification: Certification = {
      schemaVersion: CERTIFICATION_VERSION,
      environment: this.#environment,
      scenario: this.#description,
      repetitions: this.#request.repetitions,
      share: CERTIFIED_SHARE,
      confidence: CERTIFIED_CONFIDENCE,
      builds: this.#schedules.map(({ build }) => build),
      elapsed: performance.now() - this.#begin,
      complete,
    };
    this.#folder.write(certification);
    return certification;
  }

  #tell(line: string): void {
    this.#surroundings.stderr.write(`${line}\n`);
  }
}

/** Cut short by Ctrl-C: nothing was tried, and the fault is not the subject's. */
function isInterrupted(result: TrialResult): boolean {
  return result.outcome === 'faulted' && result.fault.kind === 'interrupted';
}

function print(certification: Certification, { json }: CertifyRequest, { stdout, env }: Surroundings): void {
  if (json) stdout.write(renderCertificationJson(certification));
  else stdout.write(renderCertification(certification, styleFor(stdout, env)));
}
