import { classNames } from './class-names.ts';
import { STORES } from './container-stores.ts';
import { shapeFinder } from './hidden-shape.ts';
import type { Positions } from './positions.ts';
import type { Snapshot } from './read-snapshot.ts';
import { suspendedCalls } from './suspended-calls.ts';

/** What a node is, closer than its class: functions and classes of one name are told apart by where they stand. */
export interface Kinds {
  /** Undefined for code, and what V8 keeps for itself. */
  of(node: number): number | undefined;
  /** The same in all snapshots of a process. */
  readonly keys: readonly string[];
  /** One of each kind. */
  readonly samples: readonly number[];
  /** For a person. */
  readonly names: readonly string[];
}

/** What holds parts of other things together, and says little where these grow too. */
const SUPPORTING: ReadonlySet<string> = new Set([
  'closure context',
  'weak cell',
  'promise capability',
  'Proxy',
  ...STORES,
  'number',
]);

/** Names the kinds of a snapshot's nodes. */
export function kindsOf(snapshot: Snapshot, positions: Positions): Kinds {
  const classes = classNames(snapshot);
  const shape = shapeFinder(snapshot);
  const keys: string[] = [];
  const names: string[] = [];
  const samples: number[] = [];
  const numbers = new Map<string, number>();
  const plain: number[] = [];
  const objectType = snapshot.nodeTypes.indexOf('object');
  const closureType = snapshot.nodeTypes.indexOf('closure');
  const plainNames = new Map<number, boolean>();
  /** Whether objects of this name are plain ones. */
  const isPlain = (name: number): boolean => {
    const known = plainNames.get(name) ?? /^Object\b/.test(snapshot.strings.at(name));
    plainNames.set(name, known);
    return known;
  };

  const intern = (key: string, name: string, node: number): number => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, keys.length);
    names.push(name);
    samples.push(node);
    return keys.push(key) - 1;
  };
  /** Of a plain object, by its properties: undefined for any other. */
  const shapeOf = (node: number): string | undefined => {
    if (snapshot.types[node] !== objectType || !isPlain(snapshot.names[node] as number)) return undefined;
    const known = shape(node);
    if (known !== undefined) return known;
    const byEdges = classes.of(node);
    const name = byEdges === undefined ? '' : (classes.names[byEdges] as string);
    return name.startsWith('Object') ? name : undefined;
  };
  const calls = suspendedCalls(snapshot);
  const isRare = rareNames(snapshot.nodeCount, shapeOf);
  const find = (node: number): number | undefined => {
    const type = snapshot.types[node];
    const place = type === closureType || type === objectType ? positions.key(node) : '';
    if (type === closureType && place === '' && calls.isResumed(node)) return undefined;
    const shaped = shapeOf(node);
    if (shaped !== undefined)
      return isRare(shaped) ? intern(VARIOUS, 'Object', node) : intern(`${shaped} ${place}`, shaped, node);
    const known = classes.of(node);
    if (known === undefined) return undefined;
    const name = withoutShape(classes.names[known] as string);
    if (place !== '') {
      const key = `${name} ${place}`;
      return numbers.get(key) ?? intern(key, calls.nameOf(node) ?? name, node);
    }
    plain[known] ??= intern(name, name, node);
    return plain[known];
  };
  return { keys, names, samples, of: remembered(snapshot.nodeCount, find) };
}

function rareNames(
  nodeCount: number,
  nameOf: (node: number) => string | undefined,
): (name: string) => boolean {
  const counts = new Map<string, number>();
  for (let node = 0; node < nodeCount; node++) {
    const name = nameOf(node);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return name => (counts.get(name) ?? 0) < FEWEST_ALIKE;
}

/** Key of the objects of which no three are alike, as of such with ever new keys: one kind, which may be many things. */
const VARIOUS = 'various objects';
const FEWEST_ALIKE = 3;

export function isVarious(kind: number, { keys }: Pick<Kinds, 'keys'>): boolean {
  return keys[kind] === VARIOUS;
}

/** Whether a kind says something by itself. */
export function isTelling(kind: number, { names }: Pick<Kinds, 'names'>): boolean {
  return !SUPPORTING.has(names[kind] ?? '');
}

/** Asks once per node: most are asked for several times. */
function remembered(
  nodeCount: number,
  find: (node: number) => number | undefined,
): (node: number) => number | undefined {
  const [unknown, none] = [0, 1];
  /** Numbers plus two. */
  const found = new Int32Array(nodeCount);
  return node => {
    if (found[node] === unknown) found[node] = (find(node) ?? -1) + 2;
    return found[node] === none ? undefined : (found[node] as number) - 2;
  };
}

/** Arrays are arrays, whatever else is fastened to them, and strings are strings, however they were put together. */
function withoutShape(name: string): string {
  if (name.startsWith('Array {')) return 'Array';
  return name === 'concatenated string' ? 'string' : name;
}
