import { ByteReader } from './byte-reader.ts';
import { StringTable } from './string-table.ts';
import { readTraceTree, type TraceTree } from './trace-tree.ts';

/** `meta` of a heap snapshot, which names the fields of its flat arrays: they differ between versions of V8. */
interface SnapshotMeta {
  readonly node_fields: readonly string[];
  /** The first is the list of the node types' names. */
  readonly node_types: readonly [readonly string[], ...unknown[]];
  readonly edge_fields: readonly string[];
  readonly edge_types: readonly [readonly string[], ...unknown[]];
  readonly trace_function_info_fields?: readonly string[];
  readonly trace_node_fields?: readonly string[];
  readonly location_fields?: readonly string[];
}

interface Header {
  readonly meta: SnapshotMeta;
  readonly node_count: number;
  readonly edge_count: number;
}

/**
 * A heap snapshot in typed arrays. Nodes and edges are told by their ordinal; the edges of a node lie beside
 * each other.
 */
export interface Snapshot {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly nodeTypes: readonly string[];
  readonly edgeTypes: readonly string[];
  readonly types: Uint8Array;
  /** Index of a string. */
  readonly names: Uint32Array;
  /** An object keeps its id from one snapshot of a process to the next; they grow with time. */
  readonly ids: Uint32Array;
  readonly sizes: Float64Array;
  /** First edge of a node; the edges end where those of the next node begin. */
  readonly firstEdges: Uint32Array;
  readonly edgeTypeOf: Uint8Array;
  /** Index of a string, but of `element` and `hidden` edges the index itself. */
  readonly edgeNames: Uint32Array;
  readonly targets: Uint32Array;
  readonly strings: StringTable;
  readonly locations: Locations;
  /** With allocation tracking. */
  readonly traces?: Traces;
}

/** Positions of functions, and of objects the position of their constructor; lines and columns count from 0. */
interface Locations {
  readonly count: number;
  readonly nodes: Uint32Array;
  readonly scripts: Int32Array;
  readonly lines: Int32Array;
  readonly columns: Int32Array;
}

interface Traces {
  /** Id in the tree, of each node; 0: unknown. */
  readonly of: Uint32Array;
  readonly tree: TraceTree;
  readonly functions: readonly TraceFunction[];
}

interface TraceFunction {
  readonly name: string;
  readonly script: string;
  /** Where it begins, from 1; 0: unknown. */
  readonly line: number;
  readonly column: number;
}

const ROWS = 8192;
const [OPEN_OBJECT, CLOSE_OBJECT, COLON] = [0x7b, 0x7d, 0x3a];

/**
 * Reads a heap snapshot as V8 writes it, without parsing it as a whole: in chunks and into typed arrays, with
 * less memory than the file takes on disk. Fields are found by the names in `meta`, as Node 20 to 26 differ
 * in them.
 * @throws {Error} in one line, where the file cannot be read, is cut short or is no heap snapshot.
 */
export function readSnapshot(path: string): Snapshot {
  const reader = new ByteReader(path);
  try {
    return readParts(reader);
  } finally {
    reader.close();
  }
}

function readParts(reader: ByteReader): Snapshot {
  reader.expect(OPEN_OBJECT);
  if (reader.key() !== 'snapshot') throw new Error('expected a heap snapshot: it does not begin like one');
  reader.expect(COLON);
  const header = JSON.parse(reader.value()) as Header;
  const { meta } = header;
  let nodes: Nodes | undefined;
  let edges: Edges | undefined;
  let strings: StringTable | undefined;
  let locations: Locations = noLocations();
  let tree: TraceTree | undefined;
  let functions: Float64Array = new Float64Array();
  while (reader.peek() !== CLOSE_OBJECT) {
    const key = reader.key();
    reader.expect(COLON);
    if (key === 'nodes') nodes = readNodes(reader, header);
    else if (key === 'edges') edges = readEdges(reader, header);
    else if (key === 'strings') strings = readStrings(reader);
    else if (key === 'locations') locations = readLocations(reader, meta);
    else if (key === 'trace_tree') tree = readTraceTree(reader, meta.trace_node_fields ?? []);
    else if (key === 'trace_function_infos') functions = readAll(reader);
    else reader.skip();
  }
  if (!nodes || !edges || !strings) throw new Error('expected nodes, edges and strings: one is missing');
  const { traceIds, ...columns } = nodes;
  const traces: Traces | undefined =
    traceIds && tree && tree.size > 0
      ? { of: traceIds, tree, functions: traceFunctions(functions, meta, strings) }
      : undefined;
  return {
    nodeTypes: meta.node_types[0],
    edgeTypes: meta.edge_types[0],
    ...columns,
    ...edges,
    strings,
    locations,
    ...(traces && { traces }),
  };
}

type Nodes = Pick<Snapshot, 'nodeCount' | 'types' | 'names' | 'ids' | 'sizes' | 'firstEdges'> & {
  readonly traceIds?: Uint32Array;
};
type Edges = Pick<Snapshot, 'edgeCount' | 'edgeTypeOf' | 'edgeNames' | 'targets'>;

function readNodes(reader: ByteReader, { meta, node_count: nodeCount }: Header): Nodes {
  const fields = meta.node_fields;
  const width = fields.length;
  const [type, name, id, size, edges] = ['type', 'name', 'id', 'self_size', 'edge_count'].map(field =>
    place(fields, field),
  ) as [number, number, number, number, number];
  const trace = fields.indexOf('trace_node_id');
  const types = new Uint8Array(nodeCount);
  const [names, ids] = [new Uint32Array(nodeCount), new Uint32Array(nodeCount)];
  const sizes = new Float64Array(nodeCount);
  const firstEdges = new Uint32Array(nodeCount + 1);
  const traceIds = trace < 0 ? undefined : new Uint32Array(nodeCount);
  const batch = new Float64Array(ROWS * width);
  let [node, edge] = [0, 0];
  reader.numbers(batch, count => {
    for (let row = 0; row < count; row += width) {
      types[node] = batch[row + type] as number;
      names[node] = batch[row + name] as number;
      ids[node] = batch[row + id] as number;
      sizes[node] = batch[row + size] as number;
      firstEdges[node] = edge;
      edge += batch[row + edges] as number;
      if (traceIds) traceIds[node] = batch[row + trace] as number;
      node++;
    }
  });
  if (node !== nodeCount) throw new Error(`expected ${nodeCount} nodes: ${node}`);
  firstEdges[nodeCount] = edge;
  return { nodeCount, types, names, ids, sizes, firstEdges, ...(traceIds && { traceIds }) };
}

function readEdges(reader: ByteReader, { meta, edge_count: edgeCount }: Header): Edges {
  const fields = meta.edge_fields;
  const width = fields.length;
  const nodeWidth = meta.node_fields.length;
  const [type, name, target] = ['type', 'name_or_index', 'to_node'].map(field => place(fields, field)) as [
    number,
    number,
    number,
  ];
  const edgeTypeOf = new Uint8Array(edgeCount);
  const [edgeNames, targets] = [new Uint32Array(edgeCount), new Uint32Array(edgeCount)];
  const batch = new Float64Array(ROWS * width);
  let edge = 0;
  reader.numbers(batch, count => {
    for (let row = 0; row < count; row += width) {
      edgeTypeOf[edge] = batch[row + type] as number;
      edgeNames[edge] = batch[row + name] as number;
      targets[edge] = (batch[row + target] as number) / nodeWidth;
      edge++;
    }
  });
  if (edge !== edgeCount) throw new Error(`expected ${edgeCount} edges: ${edge}`);
  return { edgeCount, edgeTypeOf, edgeNames, targets };
}

/** They are the last part of the file, so that what is left of it is room enough. */
function readStrings(reader: ByteReader): StringTable {
  const bytes = Buffer.allocUnsafeSlow(reader.size - reader.position);
  let bounds = new Float64Array(2 ** 16);
  let [count, last] = [0, 0];
  reader.strings(bytes, (start, end) => {
    if (count + 1 === bounds.length) {
      const larger = new Float64Array(bounds.length * 2);
      larger.set(bounds);
      bounds = larger;
    }
    bounds[count++] = start;
    last = end;
  });
  bounds[count] = last;
  return new StringTable(bytes, bounds.subarray(0, count + 1));
}

function readLocations(reader: ByteReader, meta: SnapshotMeta): Locations {
  const fields = meta.location_fields ?? [];
  const width = fields.length;
  const values = readAll(reader);
  const nodeWidth = meta.node_fields.length;
  const count = values.length / width;
  const column = <Target extends Uint32Array | Int32Array>(field: string, target: Target, divisor = 1) => {
    const offset = place(fields, field);
    for (let row = 0; row < count; row++) target[row] = (values[row * width + offset] ?? 0) / divisor;
    return target;
  };
  return {
    count,
    nodes: column('object_index', new Uint32Array(count), nodeWidth),
    scripts: column('script_id', new Int32Array(count)),
    lines: column('line', new Int32Array(count)),
    columns: column('column', new Int32Array(count)),
  };
}

function noLocations(): Locations {
  return {
    count: 0,
    nodes: new Uint32Array(),
    scripts: new Int32Array(),
    lines: new Int32Array(),
    columns: new Int32Array(),
  };
}

function traceFunctions(values: Float64Array, meta: SnapshotMeta, strings: StringTable): TraceFunction[] {
  const fields = meta.trace_function_info_fields ?? [];
  const [name, script, line, column] = ['name', 'script_name', 'line', 'column'].map(field =>
    place(fields, field),
  ) as [number, number, number, number];
  return Array.from({ length: values.length / fields.length }, (_, index) => {
    const row = index * fields.length;
    return {
      name: strings.at(values[row + name] ?? 0),
      script: strings.at(values[row + script] ?? 0),
      line: values[row + line] ?? 0,
      column: values[row + column] ?? 0,
    };
  });
}

function readAll(reader: ByteReader): Float64Array {
  const batch = new Float64Array(ROWS);
  let all = new Float64Array(ROWS);
  let length = 0;
  reader.numbers(batch, count => {
    if (length + count > all.length) {
      const larger = new Float64Array(all.length * 2);
      larger.set(all);
      all = larger;
    }
    all.set(batch.subarray(0, count), length);
    length += count;
  });
  return all.subarray(0, length);
}

function place(fields: readonly string[], field: string): number {
  const found = fields.indexOf(field);
  if (found < 0) throw new Error(`expected the field ${field} in the snapshot's meta: ${fields.join(', ')}`);
  return found;
}
