/** A whole report made by a seeded generator: every outcome, every warning, readings that look like real ones. */
import type {
  DetectionLimit,
  Environment,
  Estimate,
  Expectation,
  Fault,
  Finding,
  HeapDiff,
  JudgedTrial,
  Metric,
  Report,
  ScenarioDescription,
  Series,
  Timing,
  Trial,
  TrialOptions,
  Verdict,
  Warning,
} from '../../harness/model.ts';

export function exampleReport(seed = 7): Report {
  const random = generator(seed);
  return {
    schemaVersion: '1.0.0',
    environment: ENVIRONMENT,
    scenarios: [AUTO_RELOAD, RESPONSE_CACHE, ZONE_TRANSFER],
    trials: [
      leaky(random, 'stable'),
      steady(random, 'auto-reload', 'fixed', 97, 21),
      leaky(random, 'jit'),
      plateau(random),
      inconclusive(random),
      faulted(random, 'patched', FAULT, 'steady'),
    ],
    nullRun: steady(random, 'null', 'default', 97, 21),
    timings: TIMINGS,
    heapDiffs: HEAP_DIFFS,
    evidence: [],
    warnings: WARNINGS,
    elapsed: 83_412,
    measuringShare: 0.2312,
    exitCode: 1,
  };
}

/** The two builds of the headline scenario and nothing else: what a good run of the gate looks like. */
export function cleanReport(seed = 7): Report {
  const random = generator(seed);
  return {
    ...exampleReport(seed),
    scenarios: [AUTO_RELOAD],
    trials: [leaky(random, 'stable'), steady(random, 'auto-reload', 'fixed', 97, 21)],
    timings: [],
    heapDiffs: [],
    evidence: [],
    warnings: [],
    exitCode: 0,
  };
}

/** A good run but for its null run, which is inconclusive. */
export function doubtfulReport(seed = 7): Report {
  return { ...cleanReport(seed), nullRun: inconclusive(generator(seed)), exitCode: 3 };
}

/** A run in which nothing was planned. */
export function emptyReport(): Report {
  const { environment, schemaVersion } = exampleReport();
  return {
    schemaVersion,
    environment,
    scenarios: [],
    trials: [],
    timings: [],
    heapDiffs: [],
    evidence: [],
    warnings: [],
    elapsed: 12,
    measuringShare: 0,
    exitCode: 0,
  };
}

/** A report in which every name and message comes from a hostile subject. */
export function hostileReport(text: string): Report {
  const report = exampleReport();
  const [first, ...rest] = report.trials;
  if (first === undefined)
    throw new Error('Cannot make a hostile report as the example must have trials: it has none');
  const trial = { ...first.result.trial, scenario: text, build: text };
  return {
    ...report,
    scenarios: [{ ...AUTO_RELOAD, name: text, description: text, unit: 'reload' }, ...report.scenarios],
    trials: [
      withMetric({ ...first, result: { ...first.result, trial } }, text),
      faulted(
        generator(1),
        text,
        { kind: 'crashed', message: text, detail: `${text}\n${text}`, during: 'setup' },
        'steady',
      ),
      ...rest,
    ],
    warnings: [{ code: 'probe-unavailable', trial: text, probe: text, reason: text }],
    environment: { ...report.environment, cpu: text },
  };
}

/** Of a class of that name, which is counted. */
function withMetric(judged: JudgedTrial, name: string): JudgedTrial {
  const metric: Metric = { name: `instances.${name}`, unit: name, kind: 'exact' };
  const [first] = judged.verdict.estimates;
  if (!first) throw new Error('Cannot add a metric as the trial must have an estimate: it has none');
  const estimates = [
    ...judged.verdict.estimates,
    { ...first, metric, slope: 1, low: 1, high: 1, method: 'exact' as const },
  ];
  return { ...judged, verdict: { ...judged.verdict, estimates } };
}

export const HEAP: Metric = { name: 'heap.used', unit: 'B', kind: 'bytes' };
export const TIMERS: Metric = { name: 'timers', unit: 'timers', kind: 'exact' };
export const ZONES: Metric = { name: 'instances.Zone', unit: 'Zone', kind: 'exact' };
const OBJECTS: Metric = { name: 'population', unit: 'objects', kind: 'exact' };
const SOCKETS: Metric = { name: 'descriptors.socket', unit: 'socket descriptors', kind: 'exact' };
const FILES: Metric = { name: 'descriptors.file', unit: 'file descriptors', kind: 'exact' };
const RSS: Metric = { name: 'rss', unit: 'B', kind: 'advisory' };

const OPTIONS: TrialOptions = {
  iterations: 2000,
  warmup: 50,
  warmupLimit: 500,
  windows: 20,
  settleTries: 8,
  settleTolerance: 256,
  measuringShare: 0.25,
  censuses: 4,
  budget: 60_000,
  maxIterations: 0,
  snapshots: 'in-doubt',
  deadline: 120_000,
  allowance: 64,
  confidence: 0.99,
  nodeFlags: ['--no-opt', '--no-maglev', '--no-sparkplug'],
  exclusive: false,
  seed: 1,
};

const ENVIRONMENT: Environment = {
  leakgate: '0.1.0',
  node: '20.20.2',
  v8: '11.3.244.8-node.38',
  os: 'linux 6.1.0',
  arch: 'x64',
  cpu: 'Example CPU @ 2.40GHz',
  cores: 2,
  memory: 8_200_000_000,
  commit: 'a9d1121-dirty',
  date: '2026-11-23T11:32:00.000Z',
  command: ['leakgate', 'run'],
};

const AUTO_RELOAD: ScenarioDescription = {
  name: 'auto-reload',
  description: 'Reloads a server whose auto plugin serves ten zones',
  path: '/project/dist/scenarios/auto-reload.js',
  unit: 'reload',
  target: 'engine',
  builds: { fixed: {}, leaky: {} },
  expect: { fixed: 'steady', leaky: 'leak' },
  parameters: { zones: 10, records: 100 },
  options: { iterations: 2000 },
};

const RESPONSE_CACHE: ScenarioDescription = {
  name: 'response-cache',
  description: 'Asks for ever new names through a bounded cache',
  path: '/project/dist/scenarios/response-cache.js',
  unit: 'query',
  target: 'module',
  builds: { bounded: { limit: 900 }, generous: { limit: 5000 } },
  expect: { bounded: 'steady', generous: 'steady' },
  parameters: {},
  options: {},
};

const ZONE_TRANSFER: ScenarioDescription = {
  name: 'zone-transfer',
  description: 'Transfers a zone and breaks off',
  path: '/project/dist/scenarios/zone-transfer.js',
  unit: 'transfer',
  target: 'module',
  builds: { patched: {} },
  expect: { patched: 'steady' },
  parameters: {},
  options: {},
};

const FAULT: Fault = {
  kind: 'crashed',
  message: 'exited by SIGABRT',
  detail:
    'assertion failed: transfer.closed\n    at transfer (/project/dist/scenarios/zone-transfer.js:41:9)',
  during: 'iteration 583',
};

const LIMIT: DetectionLimit = {
  bytesPerIteration: 41,
  offHeapBytesPerIteration: 16.1,
  objectEvery: 80,
  handleEvery: 194,
};

const TIMINGS: readonly Timing[] = [
  { operation: 'query A over UDP', build: 'fixed', age: 0, median: 0.0412, p99: 0.0987, samples: 4000 },
  { operation: 'query A over UDP', build: 'fixed', age: 2000, median: 0.0419, p99: 0.1013, samples: 4000 },
  { operation: 'query A over UDP', build: 'leaky', age: 0, median: 0.0414, p99: 0.0979, samples: 4000 },
  { operation: 'query A over UDP', build: 'leaky', age: 2000, median: 0.0633, p99: 1.8421, samples: 4000 },
  { operation: 'reload', build: 'fixed', age: 0, median: 2.31, p99: 4.02, samples: 400 },
  { operation: 'reload', build: 'fixed', age: 2000, median: 2.35, p99: 4.11, samples: 400 },
  { operation: 'reload', build: 'leaky', age: 0, median: 2.29, p99: 4.0, samples: 400 },
  { operation: 'reload', build: 'leaky', age: 2000, median: 3.77, p99: 41.2, samples: 400 },
];

const HEAP_DIFFS: readonly HeapDiff[] = [
  {
    scenario: 'auto-reload',
    build: 'leaky',
    outcome: 'completed',
    iterations: 50,
    classes: [
      { name: 'Array', net: 51_500, bytes: 4_520_000 },
      { name: 'Object', net: 50_500, bytes: 3_232_000 },
      { name: 'Zone', net: 500, bytes: 48_000 },
      { name: 'Timeout', net: 500, bytes: 44_000 },
      { name: 'Map', net: 500, bytes: 1_240_000 },
      { name: 'Scope', net: 500, bytes: 12_000 },
    ],
  },
  { scenario: 'auto-reload', build: 'fixed', outcome: 'completed', iterations: 50, classes: [] },
  {
    scenario: 'response-cache',
    build: 'bounded',
    outcome: 'skipped',
    reason: 'memwatch-next is not built for Node 20',
  },
];

const WARNINGS: readonly Warning[] = [
  { code: 'not-settled', trial: 'response-cache/generous/1', samples: 3 },
  { code: 'warmup-drifting', trial: 'response-cache/generous/1', drift: 18_432 },
  { code: 'samples-thinned', trial: 'auto-reload/leaky/1', taken: 12, wanted: 20 },
  { code: 'heap-diff-skipped', reason: 'memwatch-next is not installed' },
  {
    code: 'probe-unavailable',
    trial: 'zone-transfer/patched/1',
    probe: 'descriptors',
    reason: 'needs /proc',
  },
];

function leaky(random: () => number, variant: Trial['variant']): JudgedTrial {
  const noise = variant === 'jit' ? 60_000 : 8_000;
  const heap = series(HEAP, 97, 21, n => 6_900_000 + 231_000 * n + noise * random());
  const timers = series(TIMERS, 97, 21, n => 10 + 10 * n);
  const zones = series(ZONES, 679, 3, n => 10 + 10 * n);
  const sockets = series(SOCKETS, 97, 21, () => 2);
  const estimates = [
    estimate(HEAP, 231_012.4, 228_104.2, 233_190.8, 22),
    exact(TIMERS, 10, 22),
    exact(ZONES, 10, 4),
    exact(SOCKETS, 0, 22),
    exact(FILES, 0, 22),
    exact(OBJECTS, 2310, 4),
  ];
  const findings: readonly [Finding, ...Finding[]] = [
    finding(exact(TIMERS, 10, 22), 2037),
    finding(exact(ZONES, 10, 4), 2037),
    finding(exact(OBJECTS, 2310, 4), 2037),
    { ...finding(estimate(HEAP, 231_012.4, 228_104.2, 233_190.8, 22), 2037), exactMultiple: false },
  ];
  return judged(
    trial('auto-reload', 'leaky', 'leak', variant),
    [heap, timers, zones, sockets, series(RSS, 97, 21, n => 80e6 + 240_000 * n)],
    { outcome: 'leak', findings, estimates, plateaus: [] },
    true,
  );
}

function steady(
  random: () => number,
  scenario: string,
  build: string,
  window: number,
  windows: number,
): JudgedTrial {
  const heap = series(HEAP, window, windows, n => 6_880_000 + 1.2 * n + 3_000 * random());
  const estimates = [
    estimate(HEAP, 1.2, -0.4, 2.9, windows + 1),
    exact(TIMERS, 0, windows + 1),
    exact(ZONES, 0, 4),
  ];
  return judged(
    trial(scenario, build, 'steady', 'stable'),
    [heap, series(TIMERS, window, windows, () => 10), series(ZONES, window * 7, windows / 7, () => 10)],
    {
      outcome: 'steady',
      limit: LIMIT,
      estimates: [...estimates, exact(SOCKETS, 0, 22), exact(FILES, 0, 22)],
      plateaus: [],
    },
    true,
  );
}

function plateau(random: () => number): JudgedTrial {
  const heap = series(HEAP, 97, 21, n => 5_100_000 + 2_300 * Math.min(n, 900) + 4_000 * random());
  return judged(
    trial('response-cache', 'bounded', 'steady', 'stable'),
    [heap, series(TIMERS, 97, 21, () => 1)],
    {
      outcome: 'steady',
      limit: { bytesPerIteration: 58.4, offHeapBytesPerIteration: 64, objectEvery: 0, handleEvery: 1018 },
      estimates: [estimate(HEAP, 2.1, -6.4, 9.9, 12), exact(TIMERS, 0, 22)],
      plateaus: [{ metric: HEAP, after: 900, growth: 2_070_000 }],
    },
    true,
  );
}

function inconclusive(random: () => number): JudgedTrial {
  const heap = series(HEAP, 97, 21, n => 5_100_000 + 62 * n + 90_000 * random());
  return judged(
    trial('response-cache', 'generous', 'steady', 'stable'),
    [heap, series(TIMERS, 97, 21, () => 1)],
    {
      outcome: 'inconclusive',
      reason: 'interval-spans-allowance',
      metric: HEAP,
      estimates: [estimate(HEAP, 61.8, 14.2, 108.3, 22), exact(TIMERS, 0, 22)],
      plateaus: [],
    },
    false,
  );
}

function faulted(random: () => number, build: string, fault: Fault, expect: Expectation): JudgedTrial {
  const heap = series(HEAP, 97, 6, n => 4_700_000 + 3 * n + 5_000 * random());
  const base = judged(
    trial('zone-transfer', build, expect, 'stable'),
    [heap],
    { outcome: 'inconclusive', reason: 'trial-faulted', estimates: [], plateaus: [] },
    false,
  );
  return { ...base, result: { ...base.result, outcome: 'faulted', fault } };
}

function judged(trial: Trial, all: readonly Series[], verdict: Verdict, asExpected: boolean): JudgedTrial {
  return {
    result: {
      outcome: 'completed',
      trial,
      metrics: all.map(({ metric }) => metric),
      stages: [{ from: 0, windows: 21, length: 97, stint: 97, reason: 'planned', snapshots: false }],
      warmup: { iterations: 100, elapsed: 412.5, stable: true, drift: 120 },
      notes: { queries: 4210, lost: 0 },
      wall: 13_902.4,
      startup: 61.2,
    },
    series: all,
    verdict,
    asExpected,
  };
}

function trial(scenario: string, build: string, expect: Expectation, variant: Trial['variant']): Trial {
  return {
    id: `${scenario}/${build}/1${variant === 'jit' ? '-jit' : ''}`,
    scenario,
    scenarioPath: `/project/dist/scenarios/${scenario}.js`,
    target: scenario === 'auto-reload' ? 'engine' : 'module',
    build,
    variant,
    repetition: 1,
    expect,
    parameters: { zones: 10 },
    options: variant === 'jit' ? { ...OPTIONS, nodeFlags: [] } : OPTIONS,
  };
}

function series(
  metric: Metric,
  window: number,
  windows: number,
  value: (iteration: number) => number,
): Series {
  const points = Array.from({ length: Math.floor(windows) + 1 }, (_, at) => ({
    iteration: at * window,
    value: Math.round(value(at * window)),
  }));
  return { metric, points };
}

function estimate(metric: Metric, slope: number, low: number, high: number, points: number): Estimate {
  return { metric, slope, low, high, confidence: 0.99, points, method: 'theil-sen' };
}

function exact(metric: Metric, slope: number, points: number): Estimate {
  return { metric, slope, low: slope, high: slope, confidence: 1, points, method: 'exact' };
}

function finding(of: Estimate, to: number): Finding {
  return { metric: of.metric, estimate: of, growth: of.slope * to, from: 0, to, exactMultiple: true };
}

/** Mulberry32: the same numbers between 0 and 1 for the same seed, on every machine. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
