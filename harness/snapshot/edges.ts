import type { Snapshot } from './read-snapshot.ts';

/** Follows an edge by its name: the target, or undefined where a node has no such edge. Indices have no names. */
export function edgesNamed(snapshot: Snapshot): (node: number, name: string) => number | undefined {
  const { edgeTypes, edgeTypeOf, firstEdges, edgeNames, targets, strings } = snapshot;
  const numbered = new Set([edgeTypes.indexOf('element'), edgeTypes.indexOf('hidden')]);
  /** Names are looked for by their numbers once these are known, which is far faster. */
  const numbers = new Map<string, number>();
  return (node, name) => {
    const known = numbers.get(name);
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      const number = edgeNames[edge] as number;
      if (known === undefined ? strings.at(number) !== name : number !== known) continue;
      if (numbered.has(edgeTypeOf[edge] as number)) continue;
      numbers.set(name, number);
      return targets[edge];
    }
    return undefined;
  };
}
