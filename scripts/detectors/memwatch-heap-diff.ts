import { formatSigned } from '../../reports/format.ts';
import { type Detector, type Judgement, judgement } from './detector.ts';
import { exercise } from './exercise.ts';
import { memwatch, memwatchMissing } from './memwatch.ts';

/** New objects of one class per iteration. */
const RATE = 0.9;
const CLASSES_SHOWN = 3;

/** memwatch-next's class-by-class heap diff around the iterations. */
export const memwatchHeapDiff: Detector = {
  name: 'memwatch-heap-diff',
  run: 'package, own rule',
  rule: 'some class has at least 9 new objects per 10 iterations',
  missing: memwatchMissing,
  async judge(trial, directory) {
    const { iterations } = trial.options;
    const { HeapDiff } = await memwatch();
    const subject = await exercise(trial, directory);
    const difference = new HeapDiff();
    await subject.iterate(iterations);
    await subject.settle();
    const { details } = difference.end().change;
    await subject.close();
    const growth = details.map(({ what, '+': made, '-': freed }) => ({ name: what, net: made - freed }));
    return hasGrowingClass(growth, iterations);
  },
};

/** memwatch leaves the judging to its reader: this reader looks for a class that grows with the iterations. */
export function hasGrowingClass(
  classes: readonly { readonly name: string; readonly net: number }[],
  iterations: number,
): Judgement {
  const growing = classes.filter(({ net }) => net >= RATE * iterations).sort((a, b) => b.net - a.net);
  const shown = growing.slice(0, CLASSES_SHOWN).map(({ name, net }) => `${name} ${formatSigned(net)}`);
  return judgement(growing.length > 0, shown.join(', ') || 'no class grew with the iterations');
}
