import { describe, expect, it } from 'vitest';
import { judgeResult } from '../../harness/judge.ts';
import type { Metric, TrialResult } from '../../harness/model.ts';
import { plannedStage } from '../../harness/stages.ts';
import type { CorpusCase } from '../../scripts/corpus-cases.ts';
import { describeScore, score, summary } from '../../scripts/corpus-score.ts';
import { HEAP, type Reading, sampled, TIMERS } from '../support/judge-input.ts';
import { trialOf } from '../support/trials.ts';

const LEAK: CorpusCase = {
  kind: 'leaks',
  name: 'forgotten-timer',
  path: '/corpus/leaks/forgotten-timer.mjs',
  leak: { metric: 'timers', rate: 1, unit: 'timers' },
  plateau: false,
};
const DECOY: CorpusCase = {
  kind: 'decoys',
  name: 'full-cache',
  path: '/corpus/decoys/full-cache.mjs',
  plateau: true,
};

/** Iteration after which a cache takes nothing more. */
const FULL_AT = 300;

const flat: Reading = () => 1_000_000;
const timerLeak = resultOf([
  [HEAP, flat],
  [TIMERS, iteration => iteration],
]);
const heapLeak = resultOf([[HEAP, iteration => 1_000_000 + iteration * 500]]);
const full = resultOf([[HEAP, iteration => 1_000_000 + Math.min(iteration, FULL_AT) * 50_000]]);
const steady = resultOf([[HEAP, flat]]);

describe('score', () => {
  it('is right for a leak of the expected metric, and compares the rates', () => {
    const right = scoreOf(LEAK, timerLeak);
    expect(right).toMatchObject({ outcome: 'leak', named: true, isWrong: false, rateRatio: 1 });
  });

  it('is wrong for a leak by another metric, unless that is an alternative', () => {
    expect(scoreOf(LEAK, heapLeak)).toMatchObject({ outcome: 'leak', named: false, isWrong: true });
    const either = {
      ...LEAK,
      leak: { metric: 'timers', alternatives: ['heap.used'], rate: 1, unit: 'timers' },
    };
    expect(scoreOf(either, heapLeak)).toMatchObject({ named: true, isWrong: false });
  });

  it('is wrong for a leak called steady and for a decoy called a leak', () => {
    expect(scoreOf(LEAK, steady).isWrong).toBe(true);
    expect(scoreOf(DECOY, heapLeak).isWrong).toBe(true);
  });

  it('is wrong for a decoy called steady whose plateau is not said, and right where none is to be', () => {
    expect(scoreOf(DECOY, steady)).toMatchObject({ outcome: 'steady', isWrong: true, plateauMissed: true });
    expect(scoreOf({ ...DECOY, plateau: false }, steady)).toMatchObject({
      isWrong: false,
      plateauMissed: false,
    });
    expect(scoreOf(DECOY, full)).toMatchObject({ outcome: 'steady', isWrong: false, plateauMissed: false });
  });
});

it('describeScore says what was found and what was expected', () => {
  expect(describeScore(scoreOf(LEAK, heapLeak))).toBe(
    'WRONG leaks/forgotten-timer: leak, heap.used +500 B; expected leak of timers (1.5 s)',
  );
});

it('describeScore says that a plateau was expected', () => {
  expect(describeScore(scoreOf(DECOY, steady))).toBe(
    'WRONG decoys/full-cache: steady; expected steady after a plateau (1.5 s)',
  );
});

it('summary names rates that are off by more than a factor of 1.5, which are not wrong for that', () => {
  const expecting = (rate: number) => ({ ...LEAK, leak: { metric: 'timers', rate, unit: 'timers' } });
  const scores = [1, 1.4, 0.5, 4].map(rate => scoreOf(expecting(rate), timerLeak));
  expect(scores.some(({ isWrong }) => isWrong)).toBe(false);
  expect(summary(scores)).toContain(
    '\nrates   2 of 4 within a factor of 1.5, 1 within 25 %; off: forgotten-timer (2.0x), forgotten-timer (0.25x)',
  );
  expect(summary(scores.slice(0, 2))).toMatch(/\nrates {3}2 of 2 within a factor of 1\.5, 1 within 25 %$/);
});

it('summary counts leaks and decoys apart', () => {
  const text = summary([scoreOf(LEAK, timerLeak), scoreOf(LEAK, heapLeak), scoreOf(DECOY, heapLeak)]);
  expect(text).toContain('leaks   2: 2 caught, 1 named by the right metric, 0 inconclusive, 0 called steady');
  expect(text).toContain('decoys  1: 0 steady, 0 inconclusive, 1 flagged');
});

function scoreOf(one: CorpusCase, result: TrialResult) {
  return score(one, result, judgeResult(result));
}

function resultOf(readings: readonly (readonly [Metric, Reading])[]): TrialResult {
  return {
    outcome: 'completed',
    trial: trialOf('steady'),
    ...sampled(readings),
    stages: [plannedStage(trialOf('steady').options)],
    heapTables: [],
    notes: {},
    wall: 1500,
    startup: 100,
  };
}
