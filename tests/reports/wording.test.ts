import { describe, expect, test } from 'vitest';
import { classMetric, type Fault, type Metric } from '../../harness/model.ts';
import { exitText, faultText, findingText, plateauText } from '../../reports/wording.ts';
import {
  cleanReport,
  doubtfulReport,
  emptyReport,
  exampleReport,
  HEAP,
  TIMERS,
} from '../support/report-fixture.ts';

test('a class whose name ends in s keeps it, where one noun of many loses it', () => {
  const finding = (metric: Metric) => {
    const slope = { slope: 1, low: 1, high: 1, confidence: 0.99, points: 4, method: 'exact' } as const;
    return { metric, estimate: { metric, ...slope }, growth: 100, from: 0, to: 100, exactMultiple: true };
  };
  expect(findingText(finding(classMetric('module.exports', 'module.exports')), 'job')).toBe(
    '+1 module.exports/job exactly',
  );
  expect(findingText(finding({ name: 'instances.status', unit: 'status', kind: 'exact' }), 'job')).toBe(
    '+1 status/job exactly',
  );
  expect(findingText(finding(classMetric('string', 'strings')), 'job')).toBe('+1 string/job exactly');
});

test('a plateau is told in the unit of its metric', () => {
  expect(plateauText({ metric: HEAP, after: 900, growth: 2_070_000 }, 'query')).toBe(
    'heap grew by 2.1 MB, then stayed flat from about 900 queries on',
  );
  expect(plateauText({ metric: TIMERS, after: 1, growth: 3 }, 'query')).toBe(
    'timers grew by 3, then stayed flat from about 1 query on',
  );
});

test('a fault says when it happened', () => {
  const fault: Fault = { kind: 'hung', message: 'no answer within 120 s', detail: '', during: 'warm-up' };
  expect(faultText(fault)).toBe('during warm-up: no answer within 120 s');
});

test('a fault parts the thousands of when it happened, and of nothing else', () => {
  const during = 'iteration 12345 (12470 with warm-up)';
  const fault: Fault = { kind: 'crashed', message: 'exit code 12345', detail: '', during };
  expect(faultText(fault)).toBe('during iteration 12,345 (12,470 with warm-up): exit code 12345');
  const message = `No sign of life for 1500 s: ended by force during ${during}`;
  expect(faultText({ ...fault, message })).toBe(
    'No sign of life for 1500 s: ended by force during iteration 12,345 (12,470 with warm-up)',
  );
});

test('a fault whose message says when it happened does not say it twice', () => {
  const message = 'No sign of life for 5 s: ended by force during iterations 97 to 193';
  const fault: Fault = { kind: 'hung', message, detail: '', during: 'iterations 97 to 193' };
  expect(faultText(fault)).toBe(message);
});

describe('the exit code', () => {
  test('0 says of a shard without a trial that this is no failure', () => {
    const shard = { index: 3, count: 3, plan: ['a/b/1'] };
    expect(exitText({ ...emptyReport(), shard })).toBe(
      'exit code 0: shard 3/3 has no trial, as there are more shards than scenarios and builds',
    );
  });

  test('2 says whether the run was interrupted', () => {
    expect(exitText({ ...emptyReport(), exitCode: 2 })).toBe('exit code 2: there was no trial that decides');
    expect(exitText({ ...emptyReport(), exitCode: 2, interrupted: true })).toContain('interrupted');
  });

  test('2 names the empty scenario where that is why no verdict counts', () => {
    const report = { ...cleanReport(), exitCode: 2 } as const;
    const [leak] = exampleReport().trials.filter(({ verdict }) => verdict.outcome === 'leak');
    if (!leak) throw new Error('There must be a leak');
    const nullRun = { ...leak, asExpected: false };
    expect(exitText({ ...report, nullRun })).toBe(
      'exit code 2: no verdict counts, as the empty scenario (LEAK) must be steady',
    );
  });

  test('0 counts the trials that decide', () => {
    expect(exitText(cleanReport())).toBe('exit code 0: every build did what its scenario expects (2 trials)');
    expect(exitText(emptyReport())).toBe('exit code 0: every build did what its scenario expects (0 trials)');
  });

  test('1 names every trial that ended differently, and not the ones that only show the optimising tiers', () => {
    expect(exitText(exampleReport())).toBe(
      'exit code 1: 2 of the 5 trials that decide ended not as expected: ' +
        'response-cache/generous/1 (inconclusive), zone-transfer/patched/1 (CRASHED)',
    );
  });

  test('1 does not count where there is one trial only', () => {
    const report = exampleReport();
    const trials = report.trials.filter(({ result }) => result.trial.id === 'zone-transfer/patched/1');
    expect(exitText({ ...report, trials })).toBe(
      'exit code 1: the trial that decides ended not as expected: zone-transfer/patched/1 (CRASHED)',
    );
  });

  test('2 and 3 say what they mean', () => {
    expect(exitText({ ...exampleReport(), exitCode: 2 })).toBe('exit code 2: leakgate could not do its work');
    expect(exitText({ ...exampleReport(), exitCode: 3 })).toMatch(
      /^exit code 3: inconclusive, and nothing worse: resp/,
    );
  });

  test('3 names the null run, alone or beside the trials', () => {
    expect(exitText(doubtfulReport())).toBe(
      'exit code 3: inconclusive, and nothing worse: the empty scenario (inconclusive)',
    );
    const trials = exampleReport().trials.slice(0, 5);
    expect(exitText({ ...doubtfulReport(), trials })).toBe(
      'exit code 3: inconclusive, and nothing worse: response-cache/generous/1 (inconclusive), the empty scenario (inconclusive)',
    );
  });

  test('3 ends with a word where it names nobody, as of runs side by side', () => {
    expect(exitText({ ...cleanReport(), exitCode: 3 })).toBe('exit code 3: inconclusive, and nothing worse');
  });
});
