import type { Expectation, Milliseconds } from '../../harness/model.ts';
import { median } from '../../harness/stats/quantile.ts';
import type { TimedJudgement } from './ask.ts';
import type { Detector } from './detector.ts';

/** One scenario and build, and whether it leaks. */
export interface Case {
  /** Name of the scenario, and of the build where there are several. */
  readonly name: string;
  readonly expect: Expectation;
}

export interface CaseJudgement extends TimedJudgement {
  /** `Case.name` */
  readonly case: string;
}

/** What one detector said of every case, or why it could not be asked. */
export type DetectorResult = Pick<Detector, 'name' | 'run' | 'rule'> &
  (
    | { readonly outcome: 'missing'; readonly reason: string }
    | { readonly outcome: 'judged'; readonly judgements: readonly CaseJudgement[] }
  );

/** How often a detector was right. `unclear` is neither right nor wrong. */
export interface Score {
  readonly leaks: number;
  readonly caught: number;
  readonly missed: number;
  readonly decoys: number;
  readonly falseAlarms: number;
  readonly unclear: number;
  /** Per case. */
  readonly median: Milliseconds;
  /** What it showed for the first leak it caught; empty where it caught none. */
  readonly example: string;
}

export function score(cases: readonly Case[], judgements: readonly CaseJudgement[]): Score {
  const expected = new Map(cases.map(({ name, expect }) => [name, expect]));
  const of = (expect: Expectation) => judgements.filter(one => expected.get(one.case) === expect);
  const leaks = of('leak');
  const decoys = of('steady');
  const caught = leaks.filter(({ verdict }) => verdict === 'leak');
  return {
    leaks: leaks.length,
    caught: caught.length,
    missed: leaks.filter(({ verdict }) => verdict === 'clean').length,
    decoys: decoys.length,
    falseAlarms: decoys.filter(({ verdict }) => verdict === 'leak').length,
    unclear: judgements.filter(({ verdict }) => verdict === 'unclear').length,
    median: judgements.length > 0 ? median(judgements.map(({ elapsed }) => elapsed)) : 0,
    example: caught[0] ? `${caught[0].case}: ${caught[0].evidence}` : '',
  };
}
