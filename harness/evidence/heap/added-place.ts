import type { SourcePosition } from '../../model.ts';
import { edgesNamed } from '../../snapshot/edges.ts';
import { pathOfRun } from '../source-position.ts';
import type { Analysis } from './analysis.ts';
import { dictionaries } from './dictionaries.ts';
import { NodeNames } from './node-names.ts';
import type { CodeFile } from './source-lines.ts';
import type { Way } from './way-to.ts';

const IDENTIFIER = /^#?[A-Za-z_$][\w$]*$/;
const SYMBOL = /^<symbol/;
/** Shorter names of code that was mapped are a bundler's. */
const SHORTEST_MAPPED = 3;

/** The field or variable at the end of a way, by whose name the program puts something there. */
export interface AddedPlace {
  readonly name: string;
  readonly isField: boolean;
  /** Containers behind it: none where it holds what is kept, two where one of them is in the other. */
  readonly containers: number;
  /** Class of the container, which says by which method it is added to; empty where there is none. */
  readonly container: string;
  /** Where it may stand, the likeliest first: the file of the class that has it, and of those that this extends. */
  readonly files: readonly CodeFile[];
  /** Of a variable that a module exports, those that import it: they add to it too. */
  readonly importers: readonly CodeFile[];
}

/** More containers behind a name may be reached by names of their own. */
const MOST_CONTAINERS = 2;

/** What names a way ends with. */
export function addedPlaces(analysis: Analysis): (way: Way) => AddedPlace | undefined {
  const { snapshot, kinds, variables } = analysis;
  const { edgeTypes, edgeTypeOf, edgeNames, strings, types, nodeTypes } = snapshot;
  const [field, variable] = [edgeTypes.indexOf('property'), edgeTypes.indexOf('context')];
  const object = nodeTypes.indexOf('object');
  const isDictionary = dictionaries(analysis);
  const filesOf = filesOfWay(analysis);
  return ({ hops }) => {
    const last = hops.length - 1;
    for (let index = last; index > 0; index--) {
      const { edge, node } = hops[index] as Way['hops'][number];
      const before = hops[index - 1]?.node as number;
      const type = edgeTypeOf[edge];
      const isField = type === field;
      const exported = variables.get(before);
      if (type !== variable && !exported && (!isField || isDictionary(before, kinds.of(node)))) continue;
      const name = exported?.name ?? strings.at(edgeNames[edge] as number);
      if (SYMBOL.test(name)) return undefined;
      // A key that is no name of the program's.
      if (!IDENTIFIER.test(name)) continue;
      const containers = hops.slice(index, last).filter(hop => types[hop.node] === object).length;
      if (containers > MOST_CONTAINERS) return undefined;
      const { files, importers } = filesOf(hops.slice(0, index).map(hop => hop.node));
      if (files.some(isMapped) && name.length < SHORTEST_MAPPED) return undefined;
      const kind = index < last ? kinds.of(node) : undefined;
      return {
        name,
        isField,
        containers: index < last ? Math.max(1, containers) : 0,
        container: kind === undefined ? '' : (kinds.names[kind] ?? ''),
        files,
        importers,
      };
    }
    return undefined;
  };
}

/** The field by which the objects at the end of a way hold one another, if it is one of their class. */
export function linkPlaces({ snapshot, ...analysis }: Analysis): (way: Way) => AddedPlace | undefined {
  const { edgeTypes, edgeTypeOf, edgeNames, strings } = snapshot;
  const field = edgeTypes.indexOf('property');
  const filesOf = filesOfWay({ snapshot, ...analysis });
  return ({ hops, link }) => {
    if (link === undefined || edgeTypeOf[link] !== field) return undefined;
    const name = strings.at(edgeNames[link] as number);
    const { files, importers } = filesOf(hops.map(({ node }) => node));
    const isShort = files.some(isMapped) && name.length < SHORTEST_MAPPED;
    if (!IDENTIFIER.test(name) || isShort) return undefined;
    return { name, isField: true, containers: 0, container: '', files, importers };
  };
}

function isMapped([source, ran]: CodeFile): boolean {
  return source !== ran;
}

type Files = Pick<AddedPlace, 'files' | 'importers'>;

/** Of the nodes of a way, the files of the last that has any; none where these are not of the program. */
function filesOfWay(analysis: Analysis): (nodes: readonly number[]) => Files {
  const { positions, place, own, variables } = analysis;
  const names = new NodeNames(analysis);
  const classesOf = classesOfInstance(analysis);
  const codeFile = (at: SourcePosition): CodeFile[] => {
    const source = place(at);
    return source ? [[source.file, pathOfRun(at.file)]] : [];
  };
  const beginning = (file: string): SourcePosition => ({ file, line: 1, column: 1, function: '' });
  const importersOn = (nodes: readonly number[]) =>
    nodes
      .flatMap(node => variables.get(node)?.importers ?? [])
      .flatMap(entry => names.moduleFile(entry) ?? []);
  return nodes => {
    for (const node of nodes.toReversed()) {
      if (names.nameOf(node) === 'BuiltinModule') break;
      const module = names.moduleFile(node) ?? (own.isSession(node) ? own.scenario : undefined);
      const ofClass = own.isSession(node) || module === undefined ? positions.of(node) : undefined;
      const at = ofClass ?? (module === undefined ? undefined : beginning(module));
      if (!at) continue;
      return {
        files: [at, ...(ofClass ? classesOf(node) : [])].flatMap(codeFile),
        importers: importersOn(nodes).map(beginning).flatMap(codeFile),
      };
    }
    return { files: [], importers: [] };
  };
}

/** More are no program's. */
const MOST_CLASSES = 8;

/** Of an instance, where the classes stand that its own extends, the nearest first. */
function classesOfInstance({ snapshot, positions }: Analysis): (node: number) => SourcePosition[] {
  const follow = edgesNamed(snapshot);
  return node => {
    const found: SourcePosition[] = [];
    const own = follow(node, '__proto__');
    let prototype = own && follow(own, '__proto__');
    for (let depth = 0; prototype !== undefined && depth < MOST_CLASSES; depth++) {
      const made = follow(prototype, 'constructor');
      const at = made && positions.of(made);
      if (at) found.push(at);
      prototype = follow(prototype, '__proto__');
    }
    return found;
  };
}
