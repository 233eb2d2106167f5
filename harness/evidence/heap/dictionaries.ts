import { shapeFinder } from '../../snapshot/hidden-shape.ts';
import type { Analysis } from './analysis.ts';
import { OLD } from './births.ts';

/** So many new objects beside each other are entries of a dictionary, */
const ENTRIES = 3;
/** and so many where V8 has yet to take it for one. */
const ENTRIES_DESCRIBED = 16;

/**
 * Whether an object holds several new ones of a kind by properties of different names, many of them where its hidden
 * class describes these: keys, which say nothing to a reader.
 */
export function dictionaries({
  snapshot,
  kinds,
  growth,
}: Analysis): (node: number, kind: number | undefined) => boolean {
  const { edgeTypes, edgeTypeOf, firstEdges, targets } = snapshot;
  const property = edgeTypes.indexOf('property');
  const known = new Map<string, boolean>();
  const fieldsOf = shapeFinder(snapshot);

  const holdsSeveral = (node: number, kind: number | undefined) => {
    let entries = 0;
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      const target = targets[edge] as number;
      if (edgeTypeOf[edge] === property && growth.births[target] !== OLD && kinds.of(target) === kind)
        entries++;
    }
    return entries >= (fieldsOf(node) === undefined ? ENTRIES : ENTRIES_DESCRIBED);
  };

  return (node, kind) => {
    const key = `${node} ${kind}`;
    const answer = known.get(key) ?? holdsSeveral(node, kind);
    known.set(key, answer);
    return answer;
  };
}
