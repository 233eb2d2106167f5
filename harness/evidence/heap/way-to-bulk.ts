import type { Bytes } from '../../model.ts';
import type { Analysis } from './analysis.ts';
import { OLD } from './births.ts';
import type { Hop } from './way-on.ts';

/** Share of what an object keeps that has to be behind a single variable, */
const MOSTLY = 3 / 4;
/** and how much that has to be: less is what a closure itself takes. */
const LEAST: Bytes = 1000;

/**
 * From an object to what makes it large, where that is a variable that a closure pins: all functions of a
 * scope share one context, so that a small function may keep what it never reads. The way ends at the last
 * object that keeps most of it. Empty where no variable is on it.
 */
export function waysToBulk({ snapshot, growth, tree }: Analysis): (start: number) => Hop[] {
  const { nodeTypes, types, firstEdges, edgeTypes, edgeTypeOf, targets } = snapshot;
  const { births, retained } = growth;
  const weak = edgeTypes.indexOf('weak');
  const variable = edgeTypes.indexOf('context');
  const parts = new Set([nodeTypes.indexOf('array'), nodeTypes.indexOf('hidden')]);

  const hopFrom = (node: number, least: Bytes): Hop | undefined => {
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      const target = targets[edge] as number;
      const isHeld = tree.dominators[target] === node && births[target] !== OLD && edgeTypeOf[edge] !== weak;
      if (isHeld && (retained[target] as number) >= least) return { edge, node: target };
    }
    return undefined;
  };

  return start => {
    const least = Math.max(LEAST, MOSTLY * (retained[start] as number));
    const way: Hop[] = [];
    for (let hop = hopFrom(start, least); hop; hop = hopFrom(hop.node, least)) way.push(hop);
    while (parts.has(types[way.at(-1)?.node ?? 0] as number)) way.pop();
    return way.some(({ edge }) => edgeTypeOf[edge] === variable) ? way : [];
  };
}
