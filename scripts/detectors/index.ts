import { oneOf } from '../one-of.ts';
import type { Detector } from './detector.ts';

/** Each in a file of its own that is loaded alone: a measured process must carry no other detector. */
const LOADERS = {
  leakgate: async () => (await import('./leakgate.ts')).leakgate,
  'heap-10-percent': async () => (await import('./heap-growth.ts')).heapTenPercent,
  'heap-1-mb': async () => (await import('./heap-growth.ts')).heapOneMegabyte,
  'rss-10-mb': async () => (await import('./rss-growth.ts')).rssTenMegabytes,
  'active-resources': async () => (await import('./active-resources.ts')).activeResources,
  'memwatch-leak': async () => (await import('./memwatch-leak.ts')).memwatchLeak,
  'memwatch-heap-diff': async () => (await import('./memwatch-heap-diff.ts')).memwatchHeapDiff,
  'jest-leak-detector': async () => (await import('./jest-leak-detector.ts')).jestLeakDetector,
  'memlab-find-leaks': async () => (await import('./memlab.ts')).memlabFindLeaks,
  'memlab-unbound-shape': async () => (await import('./memlab.ts')).memlabUnboundShape,
  leakage: async () => (await import('./leakage.ts')).leakage,
  'next-leak': async () => (await import('./next-leak.ts')).nextLeak,
} satisfies { readonly [name: string]: () => Promise<Detector> };

export const DETECTOR_NAMES = Object.keys(LOADERS) as readonly (keyof typeof LOADERS)[];

/** @throws {UsageError} if there is none of that name. */
export async function loadDetector(name: string): Promise<Detector> {
  return LOADERS[oneOf(DETECTOR_NAMES, name, 'load the detector as it')]();
}
