import type { RetainingStep, SourcePosition } from '../../model.ts';
import { edgesNamed } from './edges.ts';
import { type Growth, OLD } from './growth.ts';
import type { Kinds } from './kinds.ts';
import type { OwnCode } from './own-code.ts';
import type { Positions } from './positions.ts';
import type { Snapshot } from './read-snapshot.ts';
import type { ShortestPaths } from './shortest-paths.ts';
import { LINKS, type Way } from './way-to.ts';

export interface Wording {
  readonly snapshot: Snapshot;
  readonly kinds: Kinds;
  readonly positions: Positions;
  readonly paths: ShortestPaths;
  readonly growth: Growth;
  readonly own: OwnCode;
  /** As a person would look it up; undefined for code that is not the program's. */
  readonly place: (position: SourcePosition) => SourcePosition | undefined;
}

/** So many new objects beside each other are entries of a dictionary. */
const DICTIONARY = 3;
const LONGEST_PATH = 14;
const COLLECTIONS: ReadonlySet<string> = new Set(['Map', 'Set', 'WeakMap', 'WeakSet']);

/** The node that is kept is told in any case, also where a way goes on from it. */
export function wayWriter(wording: Wording): (way: Way, kept: number | undefined) => RetainingStep[] {
  const { snapshot, kinds, positions, own, place, growth } = wording;
  const { types, nodeTypes, names, strings, edgeTypes, edgeTypeOf, edgeNames, firstEdges, targets } =
    snapshot;
  const follow = edgesNamed(snapshot);
  const typeOf = (node: number) => nodeTypes[types[node] as number] ?? '';
  const nameOf = (node: number) => strings.at(names[node] as number);
  const kindName = (node: number) => {
    const kind = kinds.of(node);
    return (kind === undefined ? undefined : kinds.names[kind]) ?? nameOf(node);
  };
  const dictionaries = new Map<string, boolean>();

  /** Holds several of the kind by properties of different names. */
  const isDictionary = (node: number, kind: number | undefined): boolean => {
    const known = dictionaries.get(`${node} ${kind}`);
    if (known !== undefined) return known;
    const property = edgeTypes.indexOf('property');
    let entries = 0;
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      const target = targets[edge] as number;
      if (edgeTypeOf[edge] === property && growth.births[target] !== OLD && kinds.of(target) === kind)
        entries++;
    }
    dictionaries.set(`${node} ${kind}`, entries >= DICTIONARY);
    return entries >= DICTIONARY;
  };

  const label = (node: number): RetainingStep => {
    const type = typeOf(node);
    if (type === 'closure') {
      const at = positions.of(node);
      const position = at && place(at);
      const name = nameOf(node);
      return { name: `closure ${name === '' ? '(anonymous)' : `${name}()`}`, ...(position && { position }) };
    }
    const name = type === 'synthetic' || type === 'native' ? nameOf(node) : kindName(node);
    return { name: /^global\b/.test(name) ? 'globalThis' : (STORE_NAMES.get(name) ?? name) };
  };

  /** Where a way might as well begin, as everybody knows how it is held. */
  const landmark = (node: number): string | undefined => {
    if (typeOf(node) !== 'object') return undefined;
    const name = nameOf(node);
    if (name === 'TimersList') return 'Timeout list';
    if (name === 'ImmediateList') return 'Immediate queue';
    if (name === 'process') return 'process';
    const isOld = growth.births[node] === OLD;
    // A program may have a class of this name too.
    if (name === 'ModuleLoader' && isOld && follow(node, 'loadCache') !== undefined)
      return 'ES module loader';
    const property = NAMES_OF_MODULES.get(name);
    // Modules that are loaded again and again are what leaks.
    if (property === undefined || (name === 'ModuleWrap' && !isOld)) return undefined;
    const id = follow(node, property);
    if (id === undefined || !typeOf(id).endsWith('string')) return undefined;
    const file = nameOf(id);
    if (name === 'BuiltinModule') return `node:${file}`;
    return `module ${place({ file, line: 1, column: 1, function: '' })?.file ?? file}`;
  };

  return ({ hops, link }, kept) => {
    const start = own.beginning(hops.map(({ node }) => node));
    const steps: RetainingStep[] = [];
    let current: RetainingStep | undefined = start && { name: start.name };
    let inside = '';
    const open = (step: RetainingStep) => {
      if (current && current.name !== '') steps.push(current);
      current = step;
    };
    const add = (text: string) => {
      current = { ...current, name: `${current?.name ?? ''}${text}`.replace(/^\./, '') };
    };
    let first = start ? start.index + 1 : 0;
    for (let index = hops.length - 2; index >= first; index--) {
      const name = landmark(hops[index]?.node as number);
      if (name === undefined) continue;
      // What a module exports is named by itself.
      if (name.includes(':') || name.startsWith('module ')) steps.splice(0, steps.length, { name });
      current = steps.length > 0 ? { name: '' } : { name };
      first = index + 1;
      break;
    }
    for (let index = first; index < hops.length; index++) {
      const { edge, node } = hops[index] as { edge: number; node: number };
      const before = index === 0 ? 0 : (hops[index - 1]?.node as number);
      const edgeType = edgeTypes[edgeTypeOf[edge] as number] ?? '';
      const numbered = edgeType === 'element' || edgeType === 'hidden';
      const edgeName = numbered ? '' : strings.at(edgeNames[edge] as number);
      const type = typeOf(node);
      const last = index === hops.length - 1;

      let named = false;
      if (edgeType === 'context') {
        open({ name: edgeName === 'this' ? 'this' : `variable ${edgeName}` });
        named = true;
      } else if (edgeType === 'property') {
        if (current && !LINKS.has(edgeName)) {
          add(isDictionary(before, kinds.of(node)) ? '[key]' : property(edgeName));
          named = true;
        }
      } else if (edgeType === 'element') {
        if (typeOf(before) !== 'synthetic' && current) {
          add('[]');
          named = true;
        }
      } else if (inside !== '' && edgeName !== 'map') {
        if (inside === 'table') open({ name: 'entry' });
        else if (inside === 'public_symbol_table') current = { name: 'registry of Symbol.for()' };
        else if (inside === 'elements') add('[]');
        else if (inside === 'properties') add('[key]');
        else add(inside);
        named = true;
      } else if (current) add(WORTH_TELLING.get(edgeName) ?? '');
      inside = '';
      if (type === 'array' || (type === 'hidden' && STORES.has(edgeName))) {
        inside = edgeName;
        if (!last) continue;
      }
      if (last) {
        if (current?.name === 'entry' && typeOf(before) === 'array') {
          steps.push(current);
          current = undefined;
        }
        open(label(node));
        break;
      }
      if (type === 'synthetic') {
        if (nameOf(node) !== '' && nameOf(node) !== '(GC roots)') open({ name: nameOf(node) });
        continue;
      }
      if (
        nameOf(node) === 'system / Context' ||
        type === 'code' ||
        type === 'hidden' ||
        type === 'object shape'
      )
        continue;
      if (node === kept) {
        open(label(node));
        continue;
      }
      const name = nameOf(node);
      // The body of an ES module is one, with the module's variables.
      if (name === 'Generator' && (current?.name || steps.at(-1)?.name)?.startsWith('module ')) continue;
      if (named && (name === 'Object' || name === 'Array')) continue;
      if (named && COLLECTIONS.has(name)) {
        add(` ${name}`);
        continue;
      }
      open(label(node));
    }
    if (current) steps.push(current);
    if (link !== undefined) {
      const final = steps.at(-1);
      const name = strings.at(edgeNames[link] as number);
      const numbered = ['element', 'hidden'].includes(edgeTypes[edgeTypeOf[link] as number] ?? '');
      if (final && !numbered && !typeOf(hops.at(-1)?.node ?? 0).endsWith('string')) {
        steps[steps.length - 1] = { ...final, name: `${final.name}, held by the next (${name})` };
      }
    }
    return shortened(steps.filter(({ name }, index) => name !== steps[index - 1]?.name));
  };
}

/** Where modules have what they are named by: Node's own, those of CommonJS and ES modules. */
const NAMES_OF_MODULES: ReadonlyMap<string, string> = new Map([
  ['BuiltinModule', 'id'],
  ['Module', 'filename'],
  ['ModuleWrap', 'url'],
]);
const STORES: ReadonlySet<string> = new Set(['table', 'elements', 'properties']);
const STORE_NAMES: ReadonlyMap<string, string> = new Map([
  ['table store', 'table'],
  ['system / JSArrayBufferData', 'data'],
]);
const WORTH_TELLING: ReadonlyMap<string, string> = new Map([
  ['reactions_or_result', ' reaction'],
  ['bound_target', '.(bound function)'],
  ['bound_this', '.(bound this)'],
  ['bound_arguments', '.(bound argument)'],
  ['parameters_and_registers', '.(local variable)'],
  ['receiver', '.(this)'],
  ['parent', '.(whole string)'],
]);

function property(name: string): string {
  const symbol = /^<symbol (.*)>$/.exec(name)?.[1];
  return symbol === undefined ? `.${name}` : `[${symbol}]`;
}

function shortened(steps: readonly RetainingStep[]): RetainingStep[] {
  if (steps.length <= LONGEST_PATH) return [...steps];
  const half = LONGEST_PATH / 2;
  return [...steps.slice(0, half), { name: '…' }, ...steps.slice(-half)];
}
