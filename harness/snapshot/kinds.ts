import { type ClassNames, classNames } from './class-names.ts';
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
  const found = new FoundKinds();
  /** Kind by class, of nodes of which no place is known. */
  const withoutPlace: number[] = [];
  const objectType = snapshot.nodeTypes.indexOf('object');
  const closureType = snapshot.nodeTypes.indexOf('closure');
  const shapeOf = plainShapes(snapshot, classes);
  const calls = suspendedCalls(snapshot);
  const isRare = rareNames(snapshot.nodeCount, shapeOf);
  const find = (node: number): number | undefined => {
    const type = snapshot.types[node];
    const place = type === closureType || type === objectType ? positions.key(node) : '';
    if (type === closureType && place === '' && calls.isResumed(node)) return undefined;
    const shaped = shapeOf(node);
    if (shaped !== undefined)
      return isRare(shaped)
        ? found.intern(VARIOUS, 'Object', node)
        : found.intern(`${shaped} ${place}`, shaped, node);
    const known = classes.of(node);
    if (known === undefined) return undefined;
    const name = withoutShape(classes.names[known] as string);
    if (place !== '') {
      const key = `${name} ${place}`;
      return found.numberOf(key) ?? found.intern(key, calls.nameOf(node) ?? name, node);
    }
    withoutPlace[known] ??= found.intern(name, name, node);
    return withoutPlace[known];
  };
  const { keys, names, samples } = found;
  return { keys, names, samples, of: remembered(snapshot.nodeCount, find) };
}

/** The kinds found so far, numbered in the order in which they were. */
class FoundKinds {
  readonly keys: string[] = [];
  readonly names: string[] = [];
  readonly samples: number[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(key: string): number | undefined {
    return this.#numbers.get(key);
  }

  /** The number of the kind with this key, with what a new one is called and shown by. */
  intern(key: string, name: string, node: number): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.keys.length);
    this.names.push(name);
    this.samples.push(node);
    return this.keys.push(key) - 1;
  }
}

/** What a plain object is called by its properties; undefined for any other node. */
function plainShapes(snapshot: Snapshot, classes: ClassNames): (node: number) => string | undefined {
  const shape = shapeFinder(snapshot);
  const objectType = snapshot.nodeTypes.indexOf('object');
  const isPlain = plainNames(snapshot);
  return node => {
    if (snapshot.types[node] !== objectType || !isPlain(snapshot.names[node] as number)) return undefined;
    const known = shape(node);
    if (known !== undefined) return known;
    const byEdges = classes.of(node);
    const name = byEdges === undefined ? '' : (classes.names[byEdges] as string);
    return name.startsWith('Object') ? name : undefined;
  };
}

/** Whether objects of a name, given by its number, are plain ones. */
function plainNames({ strings }: Snapshot): (name: number) => boolean {
  const found = new Map<number, boolean>();
  return name => {
    const known = found.get(name) ?? /^Object\b/.test(strings.at(name));
    found.set(name, known);
    return known;
  };
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
