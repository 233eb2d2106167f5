import type { ClassCount } from '../model.ts';

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

export type HeapClasses = { readonly [name: string]: ClassCount };

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

/**
 * Counts what a heap snapshot holds by class: objects by constructor and, plain ones, by the names of their properties;
 * functions by name; strings, closure contexts, numbers, and the backing stores of arrays, maps and dictionaries. Code, and what
 * V8 keeps for itself, is left out. Unlike `v8.queryObjects` this also sees objects without a prototype and all that is no object.
 */
export function heapClasses(snapshot: HeapSnapshot): HeapClasses {
  const classes = new Map<string, { count: number; bytes: number }>();
  for (const { name, size } of named(snapshot)) {
    const found = classes.get(name);
    if (found) {
      found.count++;
      found.bytes += size;
    } else classes.set(name, { count: 1, bytes: size });
  }
  return Object.fromEntries(classes);
}

function* named({ snapshot: { meta }, nodes, edges, strings }: HeapSnapshot): Generator<{
  readonly name: string;
  readonly size: number;
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
      yield { name: whole.slice(0, LONGEST_NAME), size: nodes[at + node('self_size')] ?? 0 };
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
