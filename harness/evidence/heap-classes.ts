import type { HeapTable } from '../model.ts';

/** A heap snapshot as V8 writes it: flat arrays, whose fields `snapshot.meta` names. */
export interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      /** The first is the list of the node types' names. */
      readonly node_types: readonly [readonly string[], ...unknown[]];
      readonly edge_fields: readonly string[];
      readonly edge_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

/** Own properties that tell the shape of a plain object, at most. */
const SHAPE_PROPERTIES = 6;
const LONGEST_NAME = 80;
/** What V8 keeps for itself comes and goes with the code; these of its own classes hold what a program made. */
const KEPT_SYSTEM_CLASSES: ReadonlyMap<string, string> = new Map([
  ['system / Context', 'closure context'],
  ['system / WeakCell', 'weak cell'],
  ['system / PromiseReaction', 'promise reaction'],
  ['system / PromiseCapability', 'promise capability'],
]);
const STRING_TYPES: ReadonlySet<string> = new Set(['string', 'concatenated string', 'sliced string']);
/** Classes without a shape that differs from one program to the next. */
const SHAPED: ReadonlySet<string> = new Set(['Object', 'Array']);

/** What one snapshot holds, without the iteration at which it was taken. */
export type HeapContents = Omit<HeapTable, 'iteration'>;

/**
 * Counts what a heap snapshot holds by class: objects by constructor and, plain ones, by the names of their properties;
 * functions by name; strings, closure contexts, numbers, and the backing stores of arrays, maps and dictionaries. Code, and what
 * V8 keeps for itself, is left out. Unlike `v8.queryObjects` this also sees objects without a prototype and all that is no object.
 *
 * V8 gives an object its id, larger than all before, in the first snapshot that sees it, and the object keeps it. So what a
 * snapshot holds is told apart by the snapshot that first saw it.
 * @param earlier `newest` of the snapshots before it, in their order.
 */
export function heapClasses(snapshot: HeapSnapshot, earlier: readonly number[] = []): HeapContents {
  const classes = new Map<string, { count: number; bytes: number; born: number[] }>();
  const born = Array.from({ length: earlier.length + 1 }, () => ({ count: 0, bytes: 0 }));
  let newest = 0;
  for (const { name, size, id } of named(snapshot)) {
    const found = classes.get(name) ?? { count: 0, bytes: 0, born: zeros(earlier.length + 1) };
    classes.set(name, found);
    const place = firstSeen(id, earlier);
    found.count++;
    found.bytes += size;
    found.born[place] = (found.born[place] ?? 0) + 1;
    const cohort = born[place];
    if (cohort && !isStore(name)) {
      cohort.count++;
      cohort.bytes += size;
    }
    // Ids of what lies outside V8's heap are hashes, and even.
    if (id % 2 === 1) newest = Math.max(newest, id);
  }
  return { classes: Object.fromEntries(classes), newest, born };
}

/** Place of the snapshot that saw an object first. */
function firstSeen(id: number, earlier: readonly number[]): number {
  const place = earlier.findIndex(last => id <= last);
  return place < 0 ? earlier.length : place;
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

/** Whether a class is a store of containers: it grows without becoming more. */
export function isStore(name: string): boolean {
  return name.endsWith(' store');
}

function* named({ snapshot: { meta }, nodes, edges, strings }: HeapSnapshot): Generator<{
  readonly name: string;
  readonly size: number;
  readonly id: number;
}> {
  const [types, edgeTypes] = [meta.node_types[0], meta.edge_types[0]];
  const node = offsets(meta.node_fields);
  const edge = offsets(meta.edge_fields);
  const width = meta.node_fields.length;
  const edgeWidth = meta.edge_fields.length;

  const shapeAt = (first: number, count: number): string => {
    const names: string[] = [];
    for (let at = first; at < first + count * edgeWidth; at += edgeWidth) {
      if (edgeTypes[edges[at + edge('type')] ?? 0] !== 'property') continue;
      const name = strings[edges[at + edge('name_or_index')] ?? 0] ?? '';
      if (name === '__proto__') continue;
      if (names.length === SHAPE_PROPERTIES) return `{${names.join(', ')}, …}`;
      names.push(name);
    }
    return names.length > 0 ? `{${names.join(', ')}}` : '';
  };

  let firstEdge = 0;
  for (let at = 0; at < nodes.length; at += width) {
    const type = types[nodes[at + node('type')] ?? 0] ?? '';
    const name = strings[nodes[at + node('name')] ?? 0] ?? '';
    const count = nodes[at + node('edge_count')] ?? 0;
    const known = className(type, name);
    if (known !== undefined) {
      const shape = type === 'object' && SHAPED.has(name) ? shapeAt(firstEdge, count) : '';
      const whole = shape === '' ? known : `${known} ${shape}`;
      const [size = 0, id = 0] = [nodes[at + node('self_size')], nodes[at + node('id')]];
      yield { name: whole.slice(0, LONGEST_NAME), size, id };
    }
    firstEdge += count * edgeWidth;
  }
}

/** Undefined for what does not count. */
function className(type: string, name: string): string | undefined {
  if (STRING_TYPES.has(type)) return type;
  switch (type) {
    case 'object':
      return name.startsWith('system / ') ? KEPT_SYSTEM_CLASSES.get(name) : name;
    case 'closure':
      return name === '' ? 'function' : `function ${name}`;
    case 'array':
      return arrayName(name);
    case 'native':
      return name;
    case 'number':
    case 'regexp':
    case 'symbol':
    case 'bigint':
      return type;
    default:
      return undefined;
  }
}

/** The stores behind containers, whose bytes grow where their number does not. */
function arrayName(name: string): string {
  if (name === '(object elements)') return 'array store';
  if (name === '(object properties)') return 'property store';
  return 'table store';
}

function offsets(fields: readonly string[]): (field: string) => number {
  const places = new Map(fields.map((field, place) => [field, place]));
  return field => places.get(field) ?? 0;
}
