import { expect, test } from 'vitest';
import type { Report } from '../../../harness/model.ts';
import {
  describeGateRun,
  describeSummary,
  failedRun,
  gateRun,
  summarize,
} from '../../../scripts/numbers/gate-runs.ts';

test('a run is right if both verdicts are, and timers and zones leak exactly', () => {
  const run = gateRun(reportOf({ fixed: ['steady', 0, 0], leaky: ['leak', 10, 10] }), 5000, 10);
  expect(run).toMatchObject({
    isRight: true,
    wall: 5000,
    verdicts: { fixed: 'steady', leaky: 'leak' },
    timers: { fixed: 0, leaky: 10 },
    zones: { fixed: 0, leaky: 10 },
    leakyTrial: 2500,
    measuringShare: 0.25,
    measuringOfWall: 0.275,
  });
  expect(describeGateRun(run)).toBe(
    'right, 5.00 s, fixed steady 0 timers 0 zones, leaky leak 10 timers 10 zones, leaky trial 2.50 s, measuring 25 % of the trials, 28 % of the command',
  );
});

test.each([
  ['a wrong verdict', { fixed: ['leak', 0, 0], leaky: ['leak', 10, 10] }],
  ['an open verdict', { fixed: ['steady', 0, 0], leaky: ['inconclusive', 10, 10] }],
  ['a timer too many', { fixed: ['steady', 0.001, 0], leaky: ['leak', 10, 10] }],
  ['a zone too few', { fixed: ['steady', 0, 0], leaky: ['leak', 10, 9.999] }],
  ['a build that is missing', { leaky: ['leak', 10, 10] }],
] as const)('%s makes a run wrong', (_, builds) => {
  expect(gateRun(reportOf(builds), 5000, 10).isRight).toBe(false);
});

test('a report with another exit code is wrong, whatever its trials say', () => {
  const report = { ...reportOf({ fixed: ['steady', 0, 0], leaky: ['leak', 10, 10] }), exitCode: 2 as const };
  expect(gateRun(report, 5000, 10).isRight).toBe(false);
});

test('the summary counts right runs and gives medians and ends', () => {
  const right = gateRun(reportOf({ fixed: ['steady', 0, 0], leaky: ['leak', 10, 10] }), 4000, 10);
  const wrong = gateRun(reportOf({ fixed: ['leak', 1, 0], leaky: ['leak', 10, 10] }), 6000, 10);
  const alone = [
    { wall: 9000, told: 2600 },
    { wall: 8000, told: 2400 },
    { wall: 8500, told: Number.NaN },
  ];
  const text = describeSummary(summarize([right, wrong, right], alone));
  expect(text).toContain('2 of 3');
  expect(text).toContain('4.00 s, median of 3 (4.00 to 6.00 s)');
  expect(text).toContain('leaky told       2.50 s, median of 2 (2.40 to 2.60 s)');
  expect(text).toContain('leaky alone      8.50 s, median of 3 (8.00 to 9.00 s)');
});

test('a run without a report is wrong and leaves the other figures alone', () => {
  const right = gateRun(reportOf({ fixed: ['steady', 0, 0], leaky: ['leak', 10, 10] }), 4000, 10);
  const summary = summarize([right, failedRun(4000)], []);
  expect(summary).toMatchObject({ runs: 2, right: 1, leakyTrial: { median: 2.5, count: 1 } });
});

type Build = readonly [outcome: string, timers: number, zones: number];

/** Only what is read of a report. */
function reportOf(builds: { readonly [build: string]: Build }): Report {
  const trials = Object.entries(builds).map(([build, [outcome, timers, zones]]) => ({
    result: { trial: { build }, wall: 2500 },
    verdict: {
      outcome,
      estimates: [
        { metric: { name: 'timers' }, slope: timers },
        { metric: { name: 'instances.Zone' }, slope: zones },
      ],
    },
  }));
  return {
    trials,
    nullRun: { result: { wall: 500 } },
    measuringShare: 0.25,
    exitCode: 0,
  } as unknown as Report;
}
