import { edgesNamed } from './edges.ts';
import type { Snapshot } from './read-snapshot.ts';

/**
 * Objects of Node's native code that are the inner half of one of the same class: a `FileHandle` keeps another
 * `FileHandle`, by which the system knows it. One thing, which would count twice. The outer half is none of
 * native code, so that it is never left out itself.
 */
export function innerHandles(snapshot: Snapshot): ReadonlySet<number> {
  const { nodeCount, types, nodeTypes, names, firstEdges, edgeTypes, edgeTypeOf, targets } = snapshot;
  const made = madeByNode(snapshot);
  const madeNames = new Set(Array.from(made, node => names[node]));
  const [object, property] = [nodeTypes.indexOf('object'), edgeTypes.indexOf('property')];
  const inner = new Set<number>();
  for (let node = 0; node < nodeCount; node++) {
    if (types[node] !== object || !madeNames.has(names[node]) || made.has(node)) continue;
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      const target = targets[edge] as number;
      const isOfClass = edgeTypeOf[edge] === property && names[target] === names[node];
      if (isOfClass && made.has(target)) inner.add(target);
    }
  }
  return inner;
}

/**
 * Objects that stand for a native one called like their class, `Node / FileHandle`; V8 takes those of which it
 * knows no size, as of workers on Node 20 and 22, for `synthetic`.
 */
function madeByNode(snapshot: Snapshot): ReadonlySet<number> {
  const { nodeCount, types, nodeTypes, names, strings } = snapshot;
  const nativeTypes = ['native', 'synthetic'].map(type => nodeTypes.indexOf(type));
  const follow = edgesNamed(snapshot);
  const made = new Set<number>();
  for (let node = 0; node < nodeCount; node++) {
    if (!nativeTypes.includes(types[node] as number)) continue;
    const standing = follow(node, 'native_to_javascript');
    if (standing === undefined) continue;
    const name = strings.at(names[standing] as number);
    if (strings.at(names[node] as number) === `Node / ${name}`) made.add(standing);
  }
  return made;
}
