import type { SourcePosition } from '../../model.ts';
import type { Snapshot } from '../../snapshot/read-snapshot.ts';

const MOST_FRAMES = 10;

/**
 * The stack by which most of `nodes` were allocated, innermost first; undefined where the snapshot has no
 * allocation traces. V8 knows the functions on the stack and not the lines in them.
 */
export function allocationStack(
  { traces }: Snapshot,
  nodes: readonly number[],
  place: (position: SourcePosition) => SourcePosition | undefined,
): SourcePosition[] | undefined {
  if (!traces) return undefined;
  const counts = new Map<number, number>();
  for (const node of nodes) {
    const trace = traces.of[node] as number;
    if (trace > 0) counts.set(trace, (counts.get(trace) ?? 0) + 1);
  }
  const [most] = [...counts].sort((one, other) => other[1] - one[1]);
  const frames: SourcePosition[] = [];
  for (
    let at = traces.tree.get(most?.[0] ?? 0);
    at && frames.length < MOST_FRAMES;
    at = traces.tree.get(at.parent)
  ) {
    const called = traces.functions[at.function];
    if (!called || called.script === '' || called.line === 0) continue;
    const { script: file, line, column, name } = called;
    const frame = place({ file, line, column, function: name });
    if (frame) frames.push(frame);
  }
  return frames.length > 0 ? frames : undefined;
}
