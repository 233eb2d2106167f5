import type { Analysis } from './analysis.ts';

/**
 * Whether a node is an instance of a class that the program defines: it says more than what JavaScript and
 * Node have.
 */
export function programClasses({
  snapshot,
  kinds,
  positions,
  place,
}: Pick<Analysis, 'snapshot' | 'kinds' | 'positions' | 'place'>): (node: number) => boolean {
  const object = snapshot.nodeTypes.indexOf('object');
  const known = new Map<number, boolean>();
  return node => {
    const kind = kinds.of(node);
    if (kind === undefined || snapshot.types[node] !== object) return false;
    const found = known.get(kind);
    if (found !== undefined) return found;
    const at = /^(Object|Array)\b/.test(kinds.names[kind] ?? '') ? undefined : positions.of(node);
    const isProgram = at !== undefined && place(at) !== undefined;
    known.set(kind, isProgram);
    return isProgram;
  };
}
