import type { Evidence, JudgedTrial, Report } from '../../harness/model.ts';
import { exampleReport } from './report-fixture.ts';

export const CREATED = { file: 'src/zones.ts', line: 41, column: 9, function: 'startTimer' };

export const EVIDENCE: Evidence = {
  scenario: 'auto-reload',
  build: 'leaky',
  outcome: 'completed',
  iterations: 100,
  resources: [
    {
      kind: 'timer',
      name: 'interval of 1000 ms',
      perIteration: 10,
      exact: true,
      created: [CREATED, { file: 'src/auto.ts', line: 7, column: 3, function: '' }],
      owner: { label: 'auto:zones', undoes: 'CoreDNS PR 6705' },
    },
    {
      kind: 'handle',
      name: 'udp socket',
      perIteration: 0.1,
      exact: false,
      created: [{ file: 'node:dgram', line: 1, column: 1, function: 'bind' }],
    },
  ],
  objects: [
    {
      name: 'Zone',
      perIteration: 10,
      exact: true,
      retained: 13_600,
      with: [],
      paths: [{ count: 10, steps: [{ name: 'Timeout list' }, { name: 'Zone <"example.org.">' }] }],
      defined: { file: '/elsewhere/zone.ts', line: 3, column: 1, function: 'Zone' },
    },
  ],
  snapshots: [],
  elapsed: 1200,
};

/** A leak that should not be there, with evidence; beside it all the outcomes of the example. */
export function unexpectedLeak(): Report {
  const report = exampleReport();
  const trials = report.trials.map(judged =>
    judged.verdict.outcome === 'leak' ? shouldBeSteady(judged) : judged,
  );
  return { ...report, trials, evidence: [EVIDENCE] };
}

/** The same, but of the objects nothing is known but the timer that holds them. */
export function leakOfHeldObjects(): Report {
  const report = unexpectedLeak();
  const evidence = report.evidence.map(one => {
    if (one.outcome !== 'completed') return one;
    const objects = one.objects.map(({ name, perIteration, exact, retained, with: beside, paths }) => ({
      name,
      perIteration,
      exact,
      retained,
      with: beside,
      paths,
    }));
    return { ...one, objects };
  });
  return { ...report, evidence };
}

/** The same, opened within a package that the program calls. */
export function leakThroughPackage(): Report {
  const report = unexpectedLeak();
  const within = { file: 'node_modules/undici/core.js', line: 114, column: 5, function: 'connect' };
  const [evidence] = report.evidence;
  if (evidence?.outcome !== 'completed') throw new Error('There must be evidence');
  const resources = evidence.resources.map(kept => ({ ...kept, created: [within, ...kept.created] }));
  return { ...report, evidence: [{ ...evidence, resources }] };
}

function shouldBeSteady(judged: JudgedTrial): JudgedTrial {
  const trial = { ...judged.result.trial, expect: 'steady' as const };
  return { ...judged, result: { ...judged.result, trial }, asExpected: false };
}

/** A leak that should be there, with evidence, which one repetition caught and another did not. */
export function leakCaughtOnce(): Report {
  const report = exampleReport();
  const limit = { bytesPerIteration: 16, objectEvery: 100, handleEvery: 100 };
  const trials = report.trials.flatMap((judged): readonly JudgedTrial[] => {
    if (judged.verdict.outcome !== 'leak' || judged.result.trial.variant !== 'stable') return [judged];
    const trial = { ...judged.result.trial, repetition: 2 };
    const missed = { ...judged.result, trial };
    return [
      judged,
      {
        ...judged,
        result: missed,
        verdict: { outcome: 'steady', limit, estimates: [], plateaus: [] },
        asExpected: false,
      },
    ];
  });
  return { ...report, trials, evidence: [EVIDENCE] };
}

/** The same, but what leaks is native memory alone, of which there is no evidence. */
export function nativeLeak(): Report {
  const report = unexpectedLeak();
  const metric = { name: 'memory.native', unit: 'B', kind: 'pages' } as const;
  const trials = report.trials.map((judged): JudgedTrial => {
    const { verdict } = judged;
    if (verdict.outcome !== 'leak') return judged;
    const estimate = { ...verdict.findings[0].estimate, metric, slope: 1500, low: 1499, high: 1504 };
    return { ...judged, verdict: { ...verdict, findings: [{ ...verdict.findings[0], metric, estimate }] } };
  });
  const reason = 'native memory is not on the heap';
  const evidence = report.evidence.map(({ scenario, build }) => ({
    scenario,
    build,
    outcome: 'skipped' as const,
    reason,
  }));
  return { ...report, trials, evidence };
}
