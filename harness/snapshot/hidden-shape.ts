import { edgesNamed } from './edges.ts';
import type { Snapshot } from './read-snapshot.ts';
import { shapedName } from './shape.ts';

/** Of a descriptor in V8's array: key, details, value. */
const DESCRIPTOR_WIDTH = 3;

/**
 * `Object {path, body}` by the names in the object's hidden class, which knows those of small numbers too,
 * for which snapshots have no edges. Undefined for objects that are used as dictionaries, and have no such
 * class.
 */
export function shapeFinder(snapshot: Snapshot): (node: number) => string | undefined {
  const { edgeTypes, edgeTypeOf, firstEdges, edgeNames, targets, types, nodeTypes, names, strings } =
    snapshot;
  const internal = edgeTypes.indexOf('internal');
  const [string, symbol] = [nodeTypes.indexOf('string'), nodeTypes.indexOf('symbol')];
  const follow = edgesNamed(snapshot);
  const known = new Map<number, string | undefined>();

  const described = (symbol: number): string => {
    const description = follow(symbol, 'name');
    return description === undefined ? '' : strings.at(names[description] as number);
  };
  const describe = (map: number): string | undefined => {
    const descriptors = follow(map, 'descriptors');
    if (descriptors === undefined) return undefined;
    const properties: string[] = [];
    for (
      let edge = firstEdges[descriptors] as number, end = firstEdges[descriptors + 1] as number;
      edge < end;
      edge++
    ) {
      if (edgeTypeOf[edge] !== internal) continue;
      const index = Number(strings.at(edgeNames[edge] as number));
      if (!Number.isInteger(index) || index % DESCRIPTOR_WIDTH !== 0) continue;
      const target = targets[edge] as number;
      const name = strings.at(names[target] as number);
      if (types[target] === string) properties.push(name);
      else if (types[target] === symbol) properties.push(`<symbol ${described(target)}>`);
    }
    if (properties.length === 0) return undefined;
    return shapedName('Object', properties);
  };
  return node => {
    const map = follow(node, 'map');
    if (map === undefined) return undefined;
    if (!known.has(map)) known.set(map, describe(map));
    return known.get(map);
  };
}
