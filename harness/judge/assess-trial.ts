import { type Comparison, endOf, type HeapTable, type Series, type Stage, type TrialBase } from '../model.ts';
import { againstBase } from './against-base.ts';
import { alikeBytes } from './alike-bytes.ts';
import { assess } from './assess.ts';
import { assessClasses } from './assess-classes.ts';
import type { Assessment, AssessRule } from './assessment.ts';
import { exchanged } from './exchanged.ts';
import { grows } from './findings.ts';
import { flatInBase } from './flat-in-base.ts';
import { grew } from './grew.ts';
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
  const classesAlone = assessClasses(heapTables, ends, rule);
  const witnessed = withWitnesses(series, classesAlone, heapTables, rule);
  const classes = withStaying(classesAlone, witnessed);
  const { readings, comparisons } = againstBase(
    witnessed,
    base,
    rule,
    base && alikeBytes(base, series, rule),
  );
  // A base keeps a few of its classes: others of one that grew are no news unless something else is, or it shows that
  // they did not grow there.
  const asInBase = base && grew(base) && !readings.some(one => grows(one, readings));
  const flat = asInBase ? flatInBase(classes, heapTables, base, rule) : [];
  const ofClasses = againstBase(classes, base && { ...base, growths: [...base.growths, ...flat] }, rule);
  const other = asInBase && exchanged(classes, ofClasses.comparisons, base);
  return {
    readings,
    classes: ofClasses.readings.filter(
      ({ metric }) => !asInBase || ofClasses.comparisons.some(one => one.metric === metric),
    ),
    comparisons: [...comparisons, ...ofClasses.comparisons],
    ...(other && { exchanged: other }),
  };
}

/** Of a few snapshots, a class of which all stays grows, unless something else fills up, which that may be part of. */
function withStaying(classes: readonly Assessment[], readings: readonly Assessment[]): readonly Assessment[] {
  const fills = readings.some(({ state }) => state === 'filling' || state === 'steps');
  return classes.map(one => (one.oldObjects === 'bear-it-out' && !fills ? { ...one, state: 'grows' } : one));
}

/** What series are judged beside. */
interface TrialContext {
  readonly heapTables: readonly HeapTable[];
  readonly stages: readonly Stage[];
  readonly base?: TrialBase | undefined;
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
      const held = turnoverOf(one, tables, rule);
      return held
        ? { ...one, state: 'flat' as const, accepted: { because: 'turnover', held } as const }
        : one;
    });
  return alone.map(one =>
    lacksWitness(one, [...alone, ...classes], { tables, rule })
      ? { ...one, state: 'unclear' as const, unwitnessed: true }
      : one,
  );
}
