import type { Trial } from '../../harness/model.ts';
import type { Detector, Judgement } from './detector.ts';
import { judgement } from './detector.ts';
import { exercise } from './exercise.ts';
import { missingPackage } from './missing-package.ts';

/** One object, and whether anything still holds it. */
interface Watched {
  readonly what: string;
  isLeaking(): Promise<boolean>;
}

interface JestModule {
  readonly default: new (value: unknown) => { isLeaking(): Promise<boolean> };
}

/** Jest's detector, which says of single objects whether they could be collected. */
export const jestLeakDetector: Detector = {
  name: 'jest-leak-detector',
  run: 'package',
  rule: 'after teardown something still holds what setup or the last iteration returned',
  missing: async () => missingPackage('jest-leak-detector', 'jest-leak-detector@30.5.1'),
  async judge(trial, directory) {
    // The exercise has gone when this resolves: nothing of the benchmark holds what is watched.
    const watched = await watchedAfterTeardown(trial, directory);
    const held: string[] = [];
    for (const one of watched) if (await one.isLeaking()) held.push(one.what);
    return whatIsHeld(watched.length, held);
  },
};

/** @param watched number of objects that could be watched */
export function whatIsHeld(watched: number, held: readonly string[]): Judgement {
  if (watched === 0) return { verdict: 'unclear', evidence: 'the scenario hands out no object to watch' };
  return judgement(held.length > 0, held.length > 0 ? `${held.join(' and ')} still held` : 'collected');
}

async function watchedAfterTeardown(trial: Trial, directory: string): Promise<Watched[]> {
  // Its declarations are those of its CommonJS half.
  const { default: LeakDetector } = (await import('jest-leak-detector')) as unknown as JestModule;
  const subject = await exercise(trial, directory);
  const candidates: [string, unknown][] = [
    ['the session', subject.session],
    ['the last result', await subject.iterate(trial.options.iterations)],
  ];
  const watched = candidates
    .filter(([, value]) => isObject(value))
    .map(([what, value]) => {
      const detector = new LeakDetector(value);
      return { what, isLeaking: () => detector.isLeaking() };
    });
  candidates.length = 0;
  await subject.close();
  return watched;
}

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
