import type { Analysis } from './analysis.ts';
import { dictionaries } from './dictionaries.ts';
import type { CodeFile } from './source-lines.ts';
import { filesOfWay, type WayFiles } from './way-files.ts';
import type { Way } from './way-to.ts';
import { weakMapsOf } from './weak-maps.ts';

const IDENTIFIER = /^#?[A-Za-z_$][\w$]*$/;
const SYMBOL = /^<symbol (.*)>$/s;
/** Shorter names of code that was mapped are a bundler's. */
const SHORTEST_MAPPED = 3;

/** A field or variable at the end of a way, by whose name the program puts something there. */
export interface AddedPlace extends WayFiles {
  /** Of a symbol its description. */
  readonly name: string;
  readonly kind: 'variable' | 'field' | 'field of others' | 'symbol';
  /** Containers behind it: none where it holds what is kept, two where one of them is in the other. */
  readonly containers: number;
  /** Class of the container, which says by which method it is added to; empty where there is none. */
  readonly container: string;
}

/** More containers behind a name may be reached by names of their own. */
const MOST_CONTAINERS = 2;

/** What names a way ends with, the last first: of an object with few keys, one may be a key. */
export function addedPlaces(analysis: Analysis): (way: Way) => AddedPlace[] {
  const { types, nodeTypes } = analysis.snapshot;
  const object = nodeTypes.indexOf('object');
  const nameOf = namesOfHops(analysis);
  const filesOf = filesOfWay(analysis);
  const { kinds } = analysis;
  return ({ hops }) => {
    const places: AddedPlace[] = [];
    const last = hops.length - 1;
    for (let index = last; index > 0; index--) {
      const named = nameOf(hops, index);
      if (named === undefined) continue;
      const { name, kind, node = hops[index]?.node as number } = named;
      const containers =
        hops.slice(index, last).filter(hop => types[hop.node] === object).length + (named.node ? 1 : 0);
      if ((!IDENTIFIER.test(name) && kind !== 'symbol') || containers > MOST_CONTAINERS) break;
      const files = filesOf(hops.slice(0, named.node ? index + 1 : index));
      if (files.files.some(isMapped) && name.length < SHORTEST_MAPPED) break;
      const isContainer = containers > 0 || index < last;
      const container = isContainer ? kinds.of(node) : undefined;
      places.push({
        ...files,
        name,
        kind,
        containers: isContainer ? Math.max(1, containers) : 0,
        container: container === undefined ? '' : (kinds.names[container] ?? ''),
      });
    }
    return places;
  };
}

interface HopName {
  /** Anything that is no name of the program's ends a search. */
  readonly name: string;
  readonly kind: AddedPlace['kind'];
  /** What has the name, where it is not what the hop leads to: a WeakMap. */
  readonly node?: number;
}

/** Of a hop the name by which the program knows what it leads to; undefined where it is a key, or V8's own. */
function namesOfHops(analysis: Analysis): (hops: Way['hops'], index: number) => HopName | undefined {
  const { snapshot, kinds, variables } = analysis;
  const { edgeTypes, edgeTypeOf, edgeNames, strings } = snapshot;
  const [field, variable] = [edgeTypes.indexOf('property'), edgeTypes.indexOf('context')];
  const isDictionary = dictionaries(analysis);
  const weakMapOf = weakMapsOf(analysis);
  return (hops, index) => {
    const { edge, node } = hops[index] as Way['hops'][number];
    const before = hops[index - 1]?.node as number;
    const weakMap = weakMapOf(edge);
    if (weakMap) {
      const kind = weakMap.isField ? 'field' : 'variable';
      return { name: weakMap.name, kind, node: weakMap.way.at(-1) ?? node };
    }
    const exported = variables.get(before);
    if (exported) return { name: exported.name, kind: 'variable' };
    const type = edgeTypeOf[edge];
    const isField = type === field;
    if (type !== variable && (!isField || isDictionary(before, kinds.of(node)))) return undefined;
    const name = strings.at(edgeNames[edge] as number);
    const description = SYMBOL.exec(name)?.[1];
    if (description !== undefined) return { name: description, kind: 'symbol' };
    return IDENTIFIER.test(name) ? { name, kind: isField ? 'field' : 'variable' } : undefined;
  };
}

/** The field by which the objects at the end of a way hold one another, if it is one of their class. */
export function linkPlaces({ snapshot, ...analysis }: Analysis): (way: Way) => AddedPlace[] {
  const { edgeTypes, edgeTypeOf, edgeNames, strings } = snapshot;
  const field = edgeTypes.indexOf('property');
  const filesOf = filesOfWay({ snapshot, ...analysis });
  return ({ hops, link }) => {
    if (link === undefined || edgeTypeOf[link] !== field) return [];
    const name = strings.at(edgeNames[link] as number);
    const files = filesOf(hops);
    const ofHolder = filesOf(hops.slice(0, -1)).files.slice(0, 1);
    const isShort = files.files.some(isMapped) && name.length < SHORTEST_MAPPED;
    if (!IDENTIFIER.test(name) || isShort) return [];
    const others = [...files.others, ...ofHolder];
    return [{ ...files, others, name, kind: 'field', containers: 0, container: '' }];
  };
}

function isMapped([source, ran]: CodeFile): boolean {
  return source !== ran;
}
