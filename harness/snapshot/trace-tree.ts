import type { ByteReader } from './byte-reader.ts';

/** Of each node of the tree of allocation stacks: its parent and the function it stands for. */
export type TraceTree = ReadonlyMap<number, { readonly parent: number; readonly function: number }>;

const [OPEN, CLOSE, ZERO, NINE] = [0x5b, 0x5d, 0x30, 0x39];

/** Reads the nested arrays `[id, function, count, size, [children]]` without recursion: stacks are deep. */
export function readTraceTree(reader: ByteReader, fields: readonly string[]): TraceTree {
  const [idAt, functionAt] = [fields.indexOf('id'), fields.indexOf('function_info_index')];
  const tree = new Map<number, { readonly parent: number; readonly function: number }>();
  const scalars = fields.length - 1;
  /** Nodes whose children are being read. */
  const parents: number[] = [];
  let row: number[] = [];
  let [value, inNumber] = [0, false];
  reader.expect(OPEN);
  for (let depth = 1; depth > 0; ) {
    const byte = reader.next();
    if (byte >= ZERO && byte <= NINE) {
      value = value * 10 + byte - ZERO;
      inNumber = true;
      continue;
    }
    if (inNumber) {
      row.push(value);
      [value, inNumber] = [0, false];
    }
    if (byte === OPEN) {
      depth++;
      if (row.length === scalars) {
        const id = row[idAt] ?? 0;
        tree.set(id, { parent: parents.at(-1) ?? 0, function: row[functionAt] ?? 0 });
        parents.push(id);
      }
      row = [];
    } else if (byte === CLOSE) {
      depth--;
      parents.pop();
    } else if (byte < 0) throw new Error('expected the end of trace_tree: the end of the file');
  }
  return tree;
}
