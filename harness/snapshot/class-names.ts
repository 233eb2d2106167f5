import { storeName } from './container-stores.ts';
import { ES_MODULE, esModules, LOADER_ENTRY } from './es-modules.ts';
import { innerHandles } from './inner-handles.ts';
import type { Snapshot } from './read-snapshot.ts';
import { MOST_PROPERTIES, shapedName, shortName } from './shape.ts';

/** What V8 keeps for itself comes and goes with the code; these of its own classes hold what a program made. */
const KEPT_SYSTEM_CLASSES: ReadonlyMap<string, string> = new Map([
  ['system / Context', 'closure context'],
  ['system / WeakCell', 'weak cell'],
  ['system / PromiseReaction', 'promise reaction'],
  ['system / PromiseCapability', 'promise capability'],
]);
/** Node types of strings, however they were put together. */
export const STRING_TYPES: ReadonlySet<string> = new Set(['string', 'concatenated string', 'sliced string']);
/** Classes told apart by their objects' properties. */
const SHAPED: ReadonlySet<string> = new Set(['Object', 'Array']);
/** Node types whose classes differ by the node's name. */
const NAMED: ReadonlySet<string> = new Set(['object', 'closure', 'array', 'native', 'hidden']);
/** What V8 calls all that `bind` made. */
export const BOUND = 'native_bind';
/** What V8 calls a proxy, which it takes for no object. */
export const PROXY = 'system / JSProxy';
const UNKNOWN = -1;
const UNCOUNTED = -2;

/** The classes of a snapshot's nodes: numbers that stand for names. */
export interface ClassNames {
  /** Undefined for code, what V8 keeps for itself, and the inner halves of handles. */
  of(node: number): number | undefined;
  readonly names: readonly string[];
}

/**
 * Names what nodes are: objects by constructor and, plain ones, by the names of their properties; functions
 * by name; proxies, strings, closure contexts, numbers, and the backing stores of arrays, maps and dictionaries.
 */
export function classNames(snapshot: Snapshot): ClassNames {
  const { types, nodeTypes, strings } = snapshot;
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const intern = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, names.length);
    return names.push(name) - 1;
  };
  /** Class by type and, where it matters, name of the node, for those whose shape does not matter. */
  const byType = nodeTypes.map(type => new Int32Array(NAMED.has(type) ? strings.length : 1).fill(UNKNOWN));
  const objectType = nodeTypes.indexOf('object');
  const propertiesOf = shownProperties(snapshot);
  const moduleOf = esModules(snapshot);
  const inner = innerHandles(snapshot);
  const classOf = (node: number): number => {
    const type = types[node] as number;
    const known = byType[type] as Int32Array;
    const nameAt = snapshot.names[node] as number;
    const slot = known.length === 1 ? 0 : nameAt;
    const found = known[slot] as number;
    if (found !== UNKNOWN) return found;
    const name = known.length === 1 ? '' : strings.at(nameAt);
    const shaped = type === objectType && SHAPED.has(name);
    const plain = className(nodeTypes[type] ?? '', name);
    const shown = shaped ? shapedName(name, propertiesOf(node)) : plain && shortName(plain);
    const whole = shown === LOADER_ENTRY && moduleOf(node) !== undefined ? ES_MODULE : shown;
    const number = whole === undefined ? UNCOUNTED : intern(whole);
    if (!shaped) known[slot] = number;
    return number;
  };
  return {
    names,
    of: node => {
      const number = inner.has(node) ? UNCOUNTED : classOf(node);
      return number === UNCOUNTED ? undefined : number;
    },
  };
}

/** Names of the own properties that a snapshot shows of an object: more than are told, where there are more. */
function shownProperties({
  edgeTypes,
  firstEdges,
  edgeTypeOf,
  edgeNames,
  strings,
}: Snapshot): (node: number) => readonly string[] {
  const property = edgeTypes.indexOf('property');
  return node => {
    const names: string[] = [];
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      if (edgeTypeOf[edge] !== property) continue;
      const name = strings.at(edgeNames[edge] as number);
      if (name === '__proto__') continue;
      names.push(name);
      if (names.length > MOST_PROPERTIES) break;
    }
    return names;
  };
}

/** Undefined for what does not count. */
function className(type: string, name: string): string | undefined {
  if (STRING_TYPES.has(type)) return type;
  switch (type) {
    case 'object':
      return name.startsWith('system / ') ? KEPT_SYSTEM_CLASSES.get(name) : name;
    case 'closure':
      if (name === BOUND) return 'bound function';
      return name === '' ? 'function' : `function ${name}`;
    case 'array':
      return storeName(name);
    case 'hidden':
      return name === PROXY ? 'Proxy' : undefined;
    case 'native':
      return name === 'system / JSArrayBufferData' ? 'backing store' : name;
    case 'number':
    case 'regexp':
    case 'symbol':
    case 'bigint':
      return type;
    default:
      return undefined;
  }
}
