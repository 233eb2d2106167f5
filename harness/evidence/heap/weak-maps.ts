import { UNREACHED } from '../../snapshot/shortest-paths.ts';
import type { Analysis } from './analysis.ts';

/** A WeakMap, by which a way goes on from a key to its value. */
export interface WeakMapOnWay {
  /** Of the field or variable that holds it; empty where none does. */
  readonly name: string;
  readonly isField: boolean;
  /** The nodes on the way from the root to it, itself the last. */
  readonly way: readonly number[];
}

/** As V8 names the edge from a key to its value; the number is the id of the WeakMap's table. */
const PAIR = / pair in WeakMap \(table @(\d+)\)$/;
const NAME = /^#?[A-Za-z_$][\w$]*$/;

/** Of an edge, the WeakMap in which it leads from a key to its value; undefined for any other edge. */
export function weakMapsOf({
  snapshot,
  paths,
  variables,
}: Pick<Analysis, 'snapshot' | 'paths' | 'variables'>): (edge: number) => WeakMapOnWay | undefined {
  const { ids, edgeTypes, edgeTypeOf, edgeNames, strings, names } = snapshot;
  const [internal, field, variable] = ['internal', 'property', 'context'].map(type =>
    edgeTypes.indexOf(type),
  );
  /** By the id of the table: to find its node takes a while. */
  const known = new Map<string, WeakMapOnWay>();

  const wayTo = (end: number): number[] => {
    const way: number[] = [];
    for (let at = end; at !== 0 && at !== UNREACHED; at = paths.from[at] as number) way.push(at);
    return way.reverse();
  };
  const named = (map: number): Pick<WeakMapOnWay, 'name' | 'isField'> => {
    const edge = paths.edge[map] as number;
    const exported = variables.get(paths.from[map] as number);
    if (exported) return { name: exported.name, isField: false };
    const type = edgeTypeOf[edge];
    const name = type === field || type === variable ? strings.at(edgeNames[edge] as number) : '';
    return { name: NAME.test(name) ? name : '', isField: type === field };
  };
  const find = (table: number): WeakMapOnWay => {
    const map = paths.from[table] as number;
    const isMap = map < names.length && strings.at(names[map] as number) === 'WeakMap';
    return isMap ? { ...named(map), way: wayTo(map) } : { name: '', isField: false, way: [] };
  };
  return edge => {
    if (edgeTypeOf[edge] !== internal) return undefined;
    const id = PAIR.exec(strings.at(edgeNames[edge] as number))?.[1];
    if (id === undefined) return undefined;
    const found = known.get(id) ?? find(ids.indexOf(Number(id)));
    known.set(id, found);
    return found;
  };
}
