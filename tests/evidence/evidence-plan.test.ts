import { describe, expect, test } from 'vitest';
import { planAfter, planOf, usualPlan } from '../../harness/evidence/evidence-plan.ts';
import type { Finding, JudgedTrial } from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { exampleReport } from '../support/report-fixture.ts';

const SETTINGS = { allocationStacks: false };

/** A trial that leaks timers at this rate, seen to grow from this iteration on. */
function leaking(rate: number, from: number): JudgedTrial {
  const judged = exampleReport().trials.find(({ verdict }) => verdict.outcome === 'leak');
  if (judged?.verdict.outcome !== 'leak') throw new Error('The fixture must have a leak');
  const [finding] = judged.verdict.findings;
  const metric = { name: 'timers', unit: 'timers', kind: 'exact' } as const;
  const only: Finding = { ...finding, metric, from, estimate: { ...finding.estimate, metric, slope: rate } };
  return { ...judged, verdict: { ...judged.verdict, findings: [only] } };
}

describe('how long an evidence trial is', () => {
  test('what is rare is given enough iterations to show at least eight times', () => {
    for (const rate of [10, 1, 1 / 10, 1 / 40, 1 / 100])
      expect(planAfter(leaking(rate, 0), SETTINGS).iterations * rate).toBeGreaterThanOrEqual(8);
  });

  test('what is kept with every iteration is given few', () => {
    expect(planAfter(leaking(10, 0), SETTINGS).iterations).toBeLessThanOrEqual(200);
  });

  test('a class that is no exact multiple, as others of it come and go, is given as many as what is rare', () => {
    const judged = leaking(1, 0);
    const { verdict } = judged;
    if (verdict.outcome !== 'leak') throw new Error('It must be a leak');
    const [finding] = verdict.findings;
    const metric = { name: 'class.string', unit: 'strings', kind: 'exact' } as const;
    const estimate = { ...finding.estimate, metric, slope: 0.5, low: 0.5, high: 0.5 };
    const iterationsFor = (exactMultiple: boolean) => {
      const findings = [{ ...finding, metric, estimate, exactMultiple }] as const;
      return planAfter({ ...judged, verdict: { ...verdict, findings } }, SETTINGS).iterations;
    };
    expect(iterationsFor(true)).toBeLessThanOrEqual(200);
    expect(iterationsFor(false)).toBe(1600);
  });

  test('what had not stopped growing is looked at once the run is as long as planned, for as long as is usual', () => {
    const judged = leaking(1, 0);
    const { estimates, plateaus } = judged.verdict;
    const verdict = { outcome: 'inconclusive', reason: 'still-filling', estimates, plateaus } as const;
    const { options } = judged.result.trial;
    const quick = { ...judged, verdict, result: { ...judged.result, wall: 1000 } };
    const plan = planAfter(quick, SETTINGS);
    expect(plan.skip).toBeGreaterThanOrEqual(options.iterations);
    expect(plan.iterations).toBe(1600);
    const slow = { ...quick, result: { ...judged.result, wall: 3_600_000 } };
    expect(planAfter(slow, SETTINGS).skip).toBeLessThan(options.iterations);
  });

  test('a leak that begins late is waited for', () => {
    const { result } = leaking(1, 1400);
    const before = (result.warmup?.iterations ?? 0) + 1400;
    expect(planAfter(leaking(1, 1400), SETTINGS).skip).toBeGreaterThanOrEqual(before);
  });

  test('a leak that begins late is waited for where only its bytes were seen to grow from the start', () => {
    const judged = leaking(1, 1400);
    if (judged.verdict.outcome !== 'leak') throw new Error('It must be a leak');
    const [count] = judged.verdict.findings;
    const metric = { name: 'heap.used', unit: 'B', kind: 'bytes' } as const;
    const findings = [count, { ...count, metric, from: 0 }] as const;
    const plan = planAfter({ ...judged, verdict: { ...judged.verdict, findings } }, SETTINGS);
    expect(plan.skip).toBeGreaterThanOrEqual(1400);
  });

  test('a leak that begins late is waited for where the whole run was judged', () => {
    const judged = leaking(1, 0);
    if (judged.verdict.outcome !== 'leak') throw new Error('It must be a leak');
    const [finding] = judged.verdict.findings;
    const points = [0, 400, 800, 1200, 1600, 2000].map(iteration => ({
      iteration,
      value: 11 + Math.max(0, iteration - 1000) / 10,
    }));
    const verdict = { ...judged.verdict, findings: [{ ...finding, growth: 100, to: 2000 }] as const };
    const plan = planAfter({ ...judged, verdict, series: [{ metric: finding.metric, points }] }, SETTINGS);
    expect(plan.skip).toBe((judged.result.warmup?.iterations ?? 0) + 800);
  });

  test('the plan is late enough, however late a count was seen to grow, where iterations take long', () => {
    const judged = leaking(1, 16_000);
    const { iterations } = judged.result.trial.options;
    const slow = { ...judged, result: { ...judged.result, wall: 60_000 } };
    expect(planAfter(slow, SETTINGS).skip).toBeLessThanOrEqual(iterations + 500);
  });

  test('a leak that begins after the plan is waited for where iterations are quick', () => {
    const judged = leaking(1, 16_000);
    if (judged.verdict.outcome !== 'leak') throw new Error('It must be a leak');
    const [finding] = judged.verdict.findings;
    const verdict = { ...judged.verdict, findings: [{ ...finding, to: 32_000 }] as const };
    const quick = { ...judged, verdict, result: { ...judged.result, wall: 8000 } };
    expect(planAfter(quick, SETTINGS).skip).toBeGreaterThanOrEqual(16_000);
  });

  test('where a cache filled up beside a leak of objects, it is full by then, and is replaced as a whole', () => {
    const judged = leaking(1, 0);
    if (judged.verdict.outcome !== 'leak') throw new Error('It must be a leak');
    const [finding] = judged.verdict.findings;
    const plateaus = [{ metric: finding.metric, after: 3000, growth: 3000 }];
    const plan = (mayFill: boolean, wall: number) => {
      const findings = [{ ...finding, to: 16_000 }] as const;
      const verdict = {
        ...judged.verdict,
        findings,
        plateaus,
        ...(mayFill && { mayFill: true as const }),
      };
      return planAfter({ ...judged, verdict, result: { ...judged.result, wall } }, SETTINGS);
    };
    expect(plan(true, 8000).skip).toBeGreaterThanOrEqual(3000);
    expect(plan(true, 8000).iterations).toBe(7500);
    expect(plan(true, 40_000)).toMatchObject({ iterations: 2000 });
    expect(plan(false, 8000).iterations).toBeLessThanOrEqual(200);
  });

  test('a count that rises and falls has to show more often than one that does not', () => {
    const judged = leaking(1 / 10, 0);
    if (judged.verdict.outcome !== 'leak') throw new Error('It must be a leak');
    const [count] = judged.verdict.findings;
    const noisy = { ...count, exactMultiple: false, estimate: { ...count.estimate, low: 0.09, high: 0.11 } };
    const plan = planAfter({ ...judged, verdict: { ...judged.verdict, findings: [noisy] } }, SETTINGS);
    expect(plan.iterations).toBeGreaterThanOrEqual(1000);
  });

  test('what stays on the heap is told as far as the verdict is sure of it', () => {
    const judged = leaking(1, 0);
    if (judged.verdict.outcome !== 'leak') throw new Error('It must be a leak');
    const [count] = judged.verdict.findings;
    const metric = { name: 'heap.used', unit: 'B', kind: 'bytes' } as const;
    const heap = {
      ...count,
      metric,
      estimate: { ...count.estimate, metric, slope: 100, low: 90, high: 110 },
    };
    const plan = planAfter({ ...judged, verdict: { ...judged.verdict, findings: [count, heap] } }, SETTINGS);
    expect(plan.kept).toBe(90);
    expect(planAfter(leaking(1, 0), SETTINGS).kept).toBe(0);
  });

  test('a number that was asked for is taken as it is, whatever it keeps', () => {
    const plan = planOf(500, DEFAULT_OPTIONS, SETTINGS);
    expect(plan.iterations).toBe(500);
    expect(plan.growth).toBeGreaterThan(2 ** 40);
  });

  test('where nothing is known, what is kept once in a hundred shows at least eight times', () => {
    expect(usualPlan(DEFAULT_OPTIONS, SETTINGS).iterations / 100).toBeGreaterThanOrEqual(8);
  });
});
