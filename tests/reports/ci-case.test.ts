import { expect, test } from 'vitest';
import type { Fault, Report } from '../../harness/model.ts';
import { ciCases, problems } from '../../reports/ci-case.ts';
import { renderJunit } from '../../reports/junit.ts';
import { renderTap } from '../../reports/tap.ts';
import { doubtfulReport, exampleReport } from '../support/report-fixture.ts';

const FAULT: Fault = {
  kind: 'interrupted',
  message: 'Interrupted during setup',
  detail: '',
  during: 'setup',
};

/** The example, whose last trial was ended by Ctrl-C. */
function interruptedReport(): Report {
  const report = exampleReport();
  const [last, ...before] = report.trials.toReversed();
  if (!last) throw new Error('The example must have a trial');
  return {
    ...report,
    trials: [
      ...before.toReversed(),
      { ...last, result: { ...last.result, outcome: 'faulted', fault: FAULT } },
    ],
    interrupted: true,
    exitCode: 2,
  };
}

test('a trial that was interrupted is no problem of its build, and the run is not green all the same', () => {
  const cases = ciCases(interruptedReport());
  const [cut, own] = cases.slice(-2);
  expect(cut).toMatchObject({ build: 'patched', state: 'skipped', summary: 'INTERRUPTED, decides nothing' });
  expect(own).toMatchObject({ scenario: 'leakgate', state: 'errored' });
  expect(problems(cases)).not.toContain(cut);
});

test('TAP and JUnit say so too', () => {
  expect(renderTap(interruptedReport())).toContain(
    'ok 5 - zone-transfer patched: INTERRUPTED, decides nothing # SKIP decides nothing',
  );
  expect(renderJunit(interruptedReport())).toContain('<skipped>INTERRUPTED, decides nothing</skipped>');
});

test('a run whose null run alone is inconclusive is not green, and says why', () => {
  const [own, ...others] = problems(ciCases(doubtfulReport()));
  expect(others).toEqual([]);
  expect(own).toMatchObject({ scenario: 'leakgate', build: 'itself', state: 'undecided' });
  expect(own?.summary).toContain('the empty scenario (inconclusive)');
  expect(own?.facts).toEqual([expect.stringMatching(/^inconclusive empty scenario: /)]);
  expect(renderTap(doubtfulReport())).toContain('not ok 3 - leakgate itself: exit code 3');
  expect(renderJunit(doubtfulReport())).toContain('<error type="inconclusive" message="exit code 3');
});

test('a case that is inconclusive keeps a run from being green without another', () => {
  const trials = exampleReport().trials.slice(0, 5);
  const cases = problems(ciCases({ ...doubtfulReport(), trials }));
  expect(cases.map(({ scenario }) => scenario)).toEqual(['response-cache']);
});

test('names the build within a verdict only where repetitions must be told apart', () => {
  const report = exampleReport();
  const [first] = report.trials;
  if (!first) throw new Error('The example must have a trial');
  const trial = { ...first.result.trial, repetition: 2 };
  const again = { ...first, result: { ...first.result, trial } } as typeof first;
  expect(ciCases({ ...report, trials: [first] })[0]?.facts[0]).toMatch(/^LEAK: \+10 timers/);
  expect(ciCases({ ...report, trials: [first, again] })[0]?.facts[1]).toMatch(/^LEAK leaky #2: \+10 timers/);
});
