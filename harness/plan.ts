import { checkOptions } from './check-options.ts';
import { compiledFile } from './compiled.ts';
import { UsageError } from './errors.ts';
import {
  type GivenOptions,
  type Json,
  NULL_SCENARIO,
  type Parameters,
  type ScenarioDescription,
  type Trial,
  type TrialOptions,
} from './model.ts';
import { didYouMean } from './nearest-word.ts';
import { JIT_ALLOWANCE, STABLE_FLAGS } from './options.ts';

/** Windows of the null run: enough for an interval. */
const NULL_WINDOWS = 10;
/** Censuses of the null run, enough to say that it grows to the end: the first, a middle one and the last. */
const NULL_CENSUSES = 3;

/** What is left out is as `PLAIN` has it: one trial of every build. */
export interface PlanRequest extends Partial<Settings> {
  /** This build runs beside them: what the others are judged against. */
  readonly baseBuild?: string;
}

interface Settings {
  /** Only these; empty: every build of each scenario. */
  readonly builds: readonly string[];
  /** Trials per scenario and build. */
  readonly repetitions: number;
  /** Over the scenario's own options, which go over the defaults. */
  readonly overrides: GivenOptions;
  /** Over the builds' parameters; each must be known to a scenario, and is given to those that know it. */
  readonly parameters: Parameters;
  /** Which scenarios get one more trial per build with V8's default flags: the first one, every one, or none. */
  readonly jit: 'first' | 'every' | 'none';
  /** One trial of the empty scenario, last, under the options of the first scenario. */
  readonly nullRun: boolean;
}

const PLAIN: Settings = {
  builds: [],
  repetitions: 1,
  overrides: {},
  parameters: {},
  jit: 'none',
  nullRun: false,
};

type WholeRequest = PlanRequest & Settings;

/**
 * Every trial of a run in the order in which to start them. Builds alternate, and every other repetition turns their
 * order round, so that a machine that slows down or warms up is unfair to none of them.
 * @throws {UsageError} for an unknown build, parameter or option, an option out of range, or two scenarios of one name.
 */
export function plan(descriptions: readonly ScenarioDescription[], given: PlanRequest = {}): Trial[] {
  const request: WholeRequest = { ...PLAIN, ...given };
  checkNames(descriptions);
  checkBuilds(descriptions, request.builds);
  checkBaseBuild(descriptions, request);
  checkParameters(descriptions, request.parameters);
  for (const description of descriptions) checkParameterTypes(description, request.parameters);
  for (const description of descriptions) checkSelection(description, request.builds);
  const scenarios = descriptions.map(description => new ScenarioPlan(description, request));
  const trials: Trial[] = [];
  for (let repetition = 1; repetition <= request.repetitions; repetition++) {
    for (const scenario of scenarios) trials.push(...scenario.repetition(repetition));
  }
  const realistic = { none: [], first: scenarios.slice(0, 1), every: scenarios }[request.jit];
  for (const scenario of realistic) trials.push(...scenario.jit());
  // Last, for it is the shortest: the cores that are free at the end take it.
  const [first] = scenarios;
  return request.nullRun && first ? [...trials, nullTrial(first.options)] : trials;
}

class ScenarioPlan {
  readonly #description: ScenarioDescription;
  readonly #request: WholeRequest;
  /** Of its trials with the flags asked for. */
  readonly options: TrialOptions;
  readonly #builds: readonly string[];

  constructor(description: ScenarioDescription, request: WholeRequest) {
    this.#description = description;
    this.#request = request;
    this.options = checkOptions({ ...description.options, ...request.overrides }, description.name);
    this.#builds = Object.keys(description.builds).filter(
      build => isWanted(build, request.builds) || build === request.baseBuild,
    );
  }

  repetition(repetition: number): Trial[] {
    const builds = repetition % 2 === 1 ? this.#builds : this.#builds.toReversed();
    return builds.map(build => this.#trial(build, 'stable', repetition));
  }

  jit(): Trial[] {
    return this.#builds.map(build => this.#trial(build, 'jit', 1));
  }

  #trial(build: string, variant: Trial['variant'], repetition: number): Trial {
    const { name, path, target, builds, expect, parameters } = this.#description;
    return {
      id: `${name}/${build}/${variant === 'jit' ? 'jit' : repetition}`,
      scenario: name,
      scenarioPath: path,
      target,
      build,
      variant,
      repetition,
      expect: expect[build] ?? 'steady',
      parameters: { ...parameters, ...builds[build], ...this.#known(this.#request.parameters) },
      options: variant === 'jit' ? this.#jitOptions() : this.options,
    };
  }

  /**
   * V8's default flags; and more is allowed, for code and feedback that appear while the loop runs
   * (method.md, "Noise").
   */
  #jitOptions(): TrialOptions {
    const nodeFlags = this.options.nodeFlags.filter(flag => !STABLE_FLAGS.includes(flag));
    return {
      ...this.options,
      nodeFlags,
      budget: 0,
      allowance: Math.max(this.options.allowance, JIT_ALLOWANCE),
    };
  }

  #known(parameters: Parameters): Parameters {
    const names = parameterNames(this.#description);
    return Object.fromEntries(Object.entries(parameters).filter(([name]) => names.includes(name)));
  }
}

/**
 * Read less often than others: nothing happens in it but the readings, which would be a quarter of all
 * measuring of a gate.
 */
function nullTrial(options: TrialOptions): Trial {
  return {
    id: `${NULL_SCENARIO}/default/1`,
    scenario: NULL_SCENARIO,
    scenarioPath: compiledFile('harness/worker/null-scenario.js'),
    target: 'module',
    build: 'default',
    variant: 'stable',
    repetition: 1,
    expect: 'steady',
    parameters: {},
    options: {
      ...options,
      windows: Math.min(options.windows, NULL_WINDOWS),
      censuses: Math.min(options.censuses, NULL_CENSUSES),
    },
  };
}

function checkNames(descriptions: readonly ScenarioDescription[]): void {
  const paths = new Map<string, string>();
  for (const { name, path } of descriptions) {
    const other = paths.get(name) ?? (name === NULL_SCENARIO ? 'the null run' : undefined);
    if (other !== undefined) {
      throw new UsageError(
        `Cannot plan "${path}" as the names of scenarios must differ: "${name}" is also that of ${other}`,
      );
    }
    paths.set(name, path);
  }
}

function checkBuilds(descriptions: readonly ScenarioDescription[], wanted: readonly string[]): void {
  const known = [...new Set(descriptions.flatMap(({ builds }) => Object.keys(builds)))];
  for (const build of wanted) {
    if (!known.includes(build)) {
      throw new UsageError(
        `Cannot plan build "${build}" as it must be one of ${known.join(', ')}: current value is "${build}"${didYouMean(build, known)}`,
      );
    }
  }
}

/** The base must be there with another build beside it in one scenario, or nothing would be compared. */
function checkBaseBuild(
  descriptions: readonly ScenarioDescription[],
  { baseBuild, builds: wanted }: WholeRequest,
): void {
  if (baseBuild === undefined) return;
  const isCompared = descriptions.some(
    ({ builds }) =>
      Object.hasOwn(builds, baseBuild) &&
      Object.keys(builds).some(build => build !== baseBuild && isWanted(build, wanted)),
  );
  if (isCompared) return;
  const known = [...new Set(descriptions.flatMap(({ builds }) => Object.keys(builds)))].join(', ');
  const choice = `a file that exists, or a build beside another of its scenario, where there are ${known}`;
  throw new UsageError(`Cannot compare as the base must be ${choice}: current value is "${baseBuild}"`);
}

/** A scenario that would run no trial must not pass for one that is fine. */
function checkSelection({ name, builds }: ScenarioDescription, wanted: readonly string[]): void {
  if (Object.keys(builds).some(build => isWanted(build, wanted))) return;
  throw new UsageError(
    `Cannot plan "${name}" as it must have one of the builds asked for (${wanted.join(', ')}): it has ${Object.keys(builds).join(', ')}`,
  );
}

function checkParameters(descriptions: readonly ScenarioDescription[], given: Parameters): void {
  const known = [...new Set(descriptions.flatMap(parameterNames))];
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) {
      throw new UsageError(
        known.length > 0
          ? `Cannot set "${name}" as a parameter must be one of ${known.join(', ')}: current value is "${name}"${didYouMean(name, known)}`
          : `Cannot set "${name}" as a parameter must be one that a scenario has, and none has any: current value is "${name}"`,
      );
    }
  }
}

/** A size given as text where a number is meant would run, with a size of nothing; what builds differ in, too. `null` says nothing of what is meant. */
function checkParameterTypes({ name, parameters, builds }: ScenarioDescription, given: Parameters): void {
  const known = [parameters, ...Object.values(builds)];
  for (const [parameter, value] of Object.entries(given)) {
    const values = known.map(set => set[parameter]).filter(usual => usual !== undefined);
    const usual = values.find(one => one !== null);
    if (usual === undefined || values.some(one => kindOf(one) === kindOf(value))) continue;
    const asText = typeof usual === 'string' ? `; text is put in quotes: --set '${parameter}="..."'` : '';
    throw new UsageError(
      `Cannot set "${parameter}" of "${name}" as it must be ${kindOf(usual)}, like ${JSON.stringify(usual)}: current value is ${JSON.stringify(value)}${asText}`,
    );
  }
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function parameterNames({ parameters, builds }: ScenarioDescription): string[] {
  return [...new Set([parameters, ...Object.values(builds)].flatMap(Object.keys))];
}

function isWanted(build: string, wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.includes(build);
}
