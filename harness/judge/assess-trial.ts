import { type BaseEntry, type Comparison, endOf, type HeapTable, type Series, type Stage } from '../model.ts';
import { againstBase } from './against-base.ts';
import { type Assessment, type AssessRule, assess } from './assess.ts';
import { assessClasses } from './assess-classes.ts';
import { exchanged } from './exchanged.ts';
import { grows } from './findings.ts';
import { grew } from './grew.ts';
import { sameOverLengthOf } from './over-length-of-base.ts';
import { lacksWitness, turnoverOf } from './turnover.ts';

/** What is known of everything that a trial read. */
export interface TrialAssessment {
  /** Of each metric that was sampled. */
  readonly readings: readonly Assessment[];
  /** Of each class of heap snapshots. */
  readonly classes: readonly Assessment[];
  /** With the base, if there is one; of classes too. */
  readonly comparisons: readonly Comparison[];
  /** A class that grows in place of one of the base. */
  readonly exchanged?: Assessment;
}

/** Judges each series and each class, alone, then by what the snapshots say, then against the base. */
export function assessTrial(
  series: readonly Series[],
  { heapTables, stages, base }: TrialContext,
  rule: AssessRule,
): TrialAssessment {
  const ends = stages.flatMap(stage => [stage.from, endOf(stage)]);
  const unwitnessed = assessClasses(heapTables, ends, rule);
  const alone = withWitnesses(series, unwitnessed, heapTables, rule);
  const classes = withStaying(unwitnessed, alone);
  const sameOverLength = base && sameOverLengthOf(base, series, rule);
  const readings = againstBase(alone, base, rule, sameOverLength);
  const compared = againstBase(classes, base, rule);
  // A base keeps a few of its classes: others of one that grew are no news unless something else is.
  const asInBase = base && grew(base) && !readings.readings.some(one => grows(one, readings.readings));
  const other = asInBase && exchanged(classes, compared.comparisons, base);
  return {
    readings: readings.readings,
    classes: compared.readings.filter(
      ({ metric }) => !asInBase || compared.comparisons.some(one => one.metric === metric),
    ),
    comparisons: [...readings.comparisons, ...compared.comparisons],
    ...(other && { exchanged: other }),
  };
}

/** Of a few snapshots, a class of which all stays grows, unless something else fills up, which that may be part of. */
function withStaying(classes: readonly Assessment[], readings: readonly Assessment[]): readonly Assessment[] {
  const fills = readings.some(({ state }) => state === 'filling' || state === 'steps');
  return classes.map(one => (one.borneOut && !fills ? { ...one, state: 'grows' } : one));
}

/** What series are judged beside. */
interface TrialContext {
  readonly heapTables: readonly HeapTable[];
  readonly stages: readonly Stage[];
  readonly base?: BaseEntry | undefined;
}

/** What snapshots show to come and go is flat; growth that they should show, and do not, is not certain. */
function withWitnesses(
  series: readonly Series[],
  classes: readonly Assessment[],
  tables: readonly HeapTable[],
  rule: AssessRule,
): Assessment[] {
  const alone = series
    .map(one => assess(one, rule))
    .filter(one => one !== undefined)
    .map(one => {
      const turnover = turnoverOf(one, tables, rule);
      return turnover ? { ...one, state: 'flat' as const, turnover } : one;
    });
  return alone.map(one =>
    lacksWitness(one, [...alone, ...classes], { tables, rule })
      ? { ...one, state: 'unclear' as const, unwitnessed: true }
      : one,
  );
}
