import type { ModuleVariables } from '../../snapshot/module-variables.ts';
import type { Snapshot } from '../../snapshot/read-snapshot.ts';
import { type ShortestPaths, UNREACHED } from '../../snapshot/shortest-paths.ts';
import { type HolderName, holderNames } from './holder-names.ts';

/** A WeakMap, by which a way goes on from a key to its value. */
export interface WeakMapOnWay {
  /** Undefined where no field or variable holds it. */
  readonly held: HolderName | undefined;
  /** The nodes on the way from the root to it, itself the last. */
  readonly way: readonly number[];
}

/** As V8 names the edge from a key to its value; the number is the id of the WeakMap's table. */
const PAIR = / pair in WeakMap \(table @(\d+)\)$/;

/** Of an edge, the WeakMap in which it leads from a key to its value; undefined for any other edge. */
export function weakMapsOf(
  snapshot: Snapshot,
  paths: ShortestPaths,
  variables: ModuleVariables,
): (edge: number) => WeakMapOnWay | undefined {
  const { ids, edgeTypes, edgeTypeOf, edgeNames, strings } = snapshot;
  const internal = edgeTypes.indexOf('internal');
  const nameOf = holderNames(snapshot, variables);
  const known = new Map<string, WeakMapOnWay>();

  const wayTo = (end: number): number[] => {
    const way: number[] = [];
    for (let at = end; at !== 0 && at !== UNREACHED; at = paths.from[at] as number) way.push(at);
    return way.reverse();
  };
  const find = (id: number): WeakMapOnWay => {
    const table = ids.indexOf(id);
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
    const id = PAIR.exec(strings.at(edgeNames[edge] as number))?.[1];
    if (id === undefined) return undefined;
    const found = known.get(id) ?? find(Number(id));
    known.set(id, found);
    return found;
  };
}
