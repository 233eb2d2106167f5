import { expect, test } from 'vitest';
import { type Case, type CaseJudgement, score } from '../../../scripts/detectors/score.ts';

const CASES: readonly Case[] = [
  { name: 'map', expect: 'leak' },
  { name: 'timer', expect: 'leak' },
  { name: 'socket', expect: 'leak' },
  { name: 'cache', expect: 'steady' },
  { name: 'pool', expect: 'steady' },
];

function said(name: string, verdict: CaseJudgement['verdict'], elapsed: number): CaseJudgement {
  return { case: name, verdict, evidence: `of ${name}`, elapsed };
}

test('counts what was caught, missed, falsely called and left open', () => {
  const judgements = [
    said('map', 'clean', 100),
    said('timer', 'leak', 400),
    said('socket', 'unclear', 300),
    said('cache', 'leak', 200),
    said('pool', 'clean', 500),
  ];
  expect(score(CASES, judgements)).toEqual({
    leaks: 3,
    caught: 1,
    missed: 1,
    decoys: 2,
    falseAlarms: 1,
    unclear: 1,
    median: 300,
    example: 'timer: of timer',
  });
});

test('takes the middle of the two middle times, and shows nothing where nothing was caught', () => {
  const { median, example } = score(CASES, [said('cache', 'clean', 100), said('pool', 'clean', 300)]);
  expect({ median, example }).toEqual({ median: 200, example: '' });
});
