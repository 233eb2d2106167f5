import type { Analysis } from './analysis.ts';
import { dictionaries } from './dictionaries.ts';
import { type HolderName, holderNames, IDENTIFIER } from './holder-names.ts';
import type { CodeFile } from './source-lines.ts';
import { filesOfModules, filesOfWay, type WayFiles } from './way-files.ts';
import type { Way } from './way-to.ts';
import { isShort, writtenName } from './written-name.ts';

/** A field or variable at the end of a way, by whose name the program puts something there. */
export interface AddedPlace extends WayFiles {
  /** Of a symbol its description. */
  readonly name: string;
  readonly kind: HolderName['kind'];
  /** Containers behind it: none where it holds what is kept, two where one of them is in the other. */
  readonly containers: number;
  /** Class of the container, which says by which method it is added to; empty where there is none. */
  readonly container: string;
  /** Of a field the class of the program that has it; of a WeakMap's it is not known. */
  readonly className?: string;
  /** The variable of a module that it is, or is a field of. */
  readonly exported?: ExportedVariable;
  /** Nothing says in which file: only Node's code leads there, and the name is one that the program alone has. */
  readonly anywhere?: boolean;
}

interface ExportedVariable {
  readonly names: readonly string[];
  readonly importers: readonly CodeFile[];
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
      const { kind, weakMap } = named;
      const node = weakMap ?? (hops[index]?.node as number);
      const inside = hops.slice(index, last).filter(hop => types[hop.node] === object).length;
      const containers = inside + (weakMap === undefined ? 0 : 1);
      if ((!IDENTIFIER.test(named.name) && kind !== 'symbol') || containers > MOST_CONTAINERS) break;
      const files = filesOf(hops.slice(0, weakMap === undefined ? index : index + 1));
      const name = writtenName(named.name, files.files);
      if (name === undefined) break;
      const isContainer = containers > 0 || index < last;
      const container = isContainer ? kinds.of(node) : undefined;
      const isOfBefore = kind === 'field' && weakMap === undefined;
      const className = isOfBefore ? classNameOf(hops[index - 1]?.node, analysis) : undefined;
      const exported = kind === 'symbol' ? undefined : exportedOn(hops.slice(0, index + 1), nameOf, analysis);
      places.push({
        ...files,
        name,
        kind,
        containers: isContainer ? Math.max(1, containers) : 0,
        container: container === undefined ? '' : (kinds.names[container] ?? ''),
        ...(className !== undefined && { className }),
        ...(exported && { exported }),
      });
    }
    return places;
  };
}

function classNameOf(node: number | undefined, { kinds, isProgramClass }: Analysis): string | undefined {
  return node !== undefined && isProgramClass(node) ? kinds.names[kinds.of(node) ?? -1] : undefined;
}

interface HopName extends HolderName {
  /** What has the name, where that is not what the hop leads to. */
  readonly weakMap?: number;
}

/** Of a hop the name by which the program knows what it leads to; undefined where it is a key, or V8's own. */
function namesOfHops(analysis: Analysis): (hops: Way['hops'], index: number) => HopName | undefined {
  const { snapshot, kinds, variables, weakMapOf } = analysis;
  const isDictionary = dictionaries(analysis);
  const nameOf = holderNames(snapshot, variables);
  return (hops, index) => {
    const { edge, node } = hops[index] as Way['hops'][number];
    const before = hops[index - 1]?.node as number;
    const found = weakMapOf(edge);
    // Nothing that is known of the key says where a value is set.
    if (found) {
      const weakMap = found.way.at(-1);
      return { name: '', kind: 'variable', ...found.held, ...(weakMap !== undefined && { weakMap }) };
    }
    const named = nameOf(before, edge);
    return named?.kind === 'field' && isDictionary(before, kinds.of(node)) ? undefined : named;
  };
}

/** The variable of a module that the last of the hops leads to, by itself or by fields alone. */
function exportedOn(
  hops: Way['hops'],
  nameOf: ReturnType<typeof namesOfHops>,
  analysis: Analysis,
): ExportedVariable | undefined {
  for (let index = hops.length - 1; index > 0; index--) {
    const named = nameOf(hops, index);
    if (named?.exported) {
      const { names, importers } = named.exported;
      return { names, importers: filesOfModules(importers, analysis) };
    }
    if (named?.kind === 'variable') return undefined;
  }
  return undefined;
}

/** Any list may have these, also one of Node's, and an iterator has the first. */
const OF_ANY_LIST = /^_?(?:next|prev|previous|head|tail)$/;

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
    if (!IDENTIFIER.test(name) || writtenName(name, files.files) !== name) return [];
    const others = [...files.others, ...ofHolder];
    const isLost = files.files.length + others.length === 0;
    const anywhere = isLost && !isShort(name) && !OF_ANY_LIST.test(name);
    return [{ ...files, others, name, kind: 'field', containers: 0, container: '', anywhere }];
  };
}
