import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { writeHeapSnapshot } from 'node:v8';
import type { Trial } from '../../harness/model.ts';
import { formatCount } from '../../reports/format.ts';
import { type Detector, type Judgement, judgement } from './detector.ts';
import { blockLength, exercise } from './exercise.ts';
import { missingPackage } from './missing-package.ts';

/** Brings the analyses with it. Its install script would fetch a browser, which reading snapshots does not need. */
const SPECIFICATION = '@memlab/api@2.0.5';
const SHAPES_SHOWN = 3;

/** MemLab's leak rules on three snapshots: after the warm-up, half-way, at the end. */
export const memlabFindLeaks: Detector = {
  name: 'memlab-find-leaks',
  run: 'package',
  rule: '`memlab find-leaks` with its built-in rules lists a leak',
  missing,
  async judge(trial, directory) {
    const paths = await threeSnapshots(trial, directory);
    const memlab = await load<FindLeaks>('@memlab/api');
    const leaks = await memlab.findLeaksBySnapshotFilePaths(...paths, { workDir: join(directory, 'work') });
    return judgement(
      leaks.length > 0,
      leaks.length > 0 ? formatCount(leaks.length, 'leak trace') : 'no leaks found',
    );
  },
};

/** MemLab's search for classes that only ever get more objects, on the same three snapshots. */
export const memlabUnboundShape: Detector = {
  name: 'memlab-unbound-shape',
  run: 'package',
  rule: '`memlab analyze unbound-shape` lists a shape of objects',
  missing,
  async judge(trial, directory) {
    await threeSnapshots(trial, directory);
    const { ShapeUnboundGrowthAnalysis } = await load<Analyses>('@memlab/heap-analysis');
    const analysis = new ShapeUnboundGrowthAnalysis();
    await analysis.analyzeSnapshotsInDirectory(join(directory, 'snapshots'), {
      workDir: join(directory, 'work'),
    });
    return listsShapes(analysis.getShapesWithUnboundGrowth());
  },
};

interface FindLeaks {
  findLeaksBySnapshotFilePaths(
    baseline: string,
    target: string,
    final: string,
    options: { readonly workDir: string },
  ): Promise<readonly unknown[]>;
}

interface Analyses {
  readonly ShapeUnboundGrowthAnalysis: new () => {
    analyzeSnapshotsInDirectory(directory: string, options: { readonly workDir: string }): Promise<unknown>;
    getShapesWithUnboundGrowth(): readonly Shape[];
  };
}

interface Shape {
  /** May carry terminal colours. */
  readonly shape: string;
  readonly counts: readonly number[];
}

export function listsShapes(shapes: readonly Shape[]): Judgement {
  const shown = shapes
    .slice(0, SHAPES_SHOWN)
    .map(({ shape, counts }) => `${stripVTControlCharacters(shape)} ${counts.join(' > ')}`);
  return judgement(shapes.length > 0, shown.join(', ') || 'no shape grew');
}

async function missing(): Promise<string | undefined> {
  return missingPackage('@memlab/api', SPECIFICATION);
}

/** By a name that the compiler does not follow: the packages are not among leakgate's own. */
async function load<Module>(name: string): Promise<Module> {
  const { default: module } = (await import(name)) as { readonly default: Module };
  return module;
}

async function threeSnapshots(trial: Trial, directory: string): Promise<[string, string, string]> {
  const folder = join(directory, 'snapshots');
  mkdirSync(folder);
  // Made beforehand: a shape that grows by two strings per snapshot would be the benchmark's own.
  const path = (name: string) => join(folder, `${name}.heapsnapshot`);
  const [baseline, target, final] = [path('s1'), path('s2'), path('s3')];
  const length = blockLength(trial.options.iterations, 2);
  const subject = await exercise(trial, directory);
  writeHeapSnapshot(baseline);
  rmSync(baseline);
  writeHeapSnapshot(baseline);
  await subject.iterate(length);
  await subject.settle();
  writeHeapSnapshot(target);
  await subject.iterate(length);
  await subject.settle();
  writeHeapSnapshot(final);
  await subject.close();
  return [baseline, target, final];
}
