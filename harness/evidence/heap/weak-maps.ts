import type { ModuleVariables } from '../../snapshot/module-variables.ts';
import type { Snapshot } from '../../snapshot/read-snapshot.ts';
import { type ShortestPaths, UNREACHED } from '../../snapshot/shortest-paths.ts';
import { type NamedTable, namedTables } from '../../snapshot/weak-map-edges.ts';
import { type HolderName, holderNames } from './holder-names.ts';

/** A WeakMap, by which a way goes on from a key to its value. */
export interface WeakMapOnWay {
  /** Undefined where no field or variable holds it. */
  readonly held: HolderName | undefined;
  /** The nodes on the way from the root to it, itself the last. */
  readonly way: readonly number[];
}

/** Of an edge, the WeakMap in which it leads from a key to its value; undefined for any other edge. */
export function weakMapsOf(
  snapshot: Snapshot,
  paths: ShortestPaths,
  variables: ModuleVariables,
): (edge: number) => WeakMapOnWay | undefined {
  const { ids, edgeTypes, edgeTypeOf, edgeNames, strings, targets } = snapshot;
  const internal = edgeTypes.indexOf('internal');
  const nameOf = holderNames(snapshot, variables);
  const tableNamed = namedTables(snapshot);
  const known = new Map<number, WeakMapOnWay>();
  let tableOf: ReadonlyMap<number, number> | undefined;

  const wayTo = (end: number): number[] => {
    const way: number[] = [];
    for (let at = end; at !== 0 && at !== UNREACHED; at = paths.from[at] as number) way.push(at);
    return way.reverse();
  };
  const find = (table: number): WeakMapOnWay => {
    const edge = table < 0 ? UNREACHED : (paths.edge[table] as number);
    if (edge === UNREACHED) return { held: undefined, way: [] };
    const map = paths.from[table] as number;
    const isMap = strings.at(edgeNames[edge] as number) === 'table';
    return isMap
      ? { held: nameOf(paths.from[map] as number, paths.edge[map] as number), way: wayTo(map) }
      : { held: undefined, way: [] };
  };
  return edge => {
    if (edgeTypeOf[edge] !== internal) return undefined;
    const named = tableNamed(edgeNames[edge] as number);
    if (named === undefined) return undefined;
    if (named === 'unnamed') tableOf ??= tablesByValue(snapshot, tableNamed);
    const table = named === 'unnamed' ? tableOf?.get(targets[edge] as number) : named;
    if (table === undefined) return undefined;
    const found = known.get(table) ?? find(ids.indexOf(table));
    known.set(table, found);
    return found;
  };
}

/** Of the values whose edges do not name the table that they are in, its id. */
function tablesByValue(snapshot: Snapshot, tableNamed: (name: number) => NamedTable): Map<number, number> {
  const { nodeCount, nodeTypes, types, ids, edgeTypes, edgeTypeOf, firstEdges, edgeNames, targets } =
    snapshot;
  const [array, internal] = [nodeTypes.indexOf('array'), edgeTypes.indexOf('internal')];
  const tables = new Map<number, number>();
  for (let node = 0; node < nodeCount; node++) {
    if (types[node] !== array) continue;
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      if (edgeTypeOf[edge] === internal && tableNamed(edgeNames[edge] as number) === 'unnamed')
        tables.set(targets[edge] as number, ids[node] as number);
    }
  }
  return tables;
}
