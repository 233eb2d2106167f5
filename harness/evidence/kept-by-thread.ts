import type { KeptObjects, RetainingPath } from '../model.ts';
import { withExplainer } from './explain-heap.ts';
import type { TakenSnapshot } from './heap/explain.ts';

export type ThreadSnapshot = TakenSnapshot & { readonly thread: string };

/**
 * What a worker thread keeps on a heap of its own: its paths begin with the thread. Nothing where there is no
 * last snapshot, or where they cannot be read, so that what is known of the main thread is not lost.
 */
export async function keptByThread(
  earlier: readonly ThreadSnapshot[],
  last: ThreadSnapshot | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly KeptObjects[]> {
  if (!last) return [];
  try {
    const objects = await withExplainer(signal, explainer => {
      for (const snapshot of earlier) explainer.add(snapshot);
      return explainer.conclude(last);
    });
    return objects.map(kept => beneath(last.thread, kept));
  } catch (error) {
    if (signal?.aborted) throw error;
    return [];
  }
}

function beneath(thread: string, kept: KeptObjects): KeptObjects {
  const stepsOf = ({ steps }: RetainingPath) => [
    { name: thread },
    // That native code holds it says less than whose thread it is.
    ...steps.filter(({ name }) => name !== '(Global handles)'),
  ];
  return { ...kept, paths: kept.paths.map(path => ({ ...path, steps: stepsOf(path) })) };
}
