const NODE_TYPES = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'native',
  'synthetic',
  'concatenated string',
];
const EDGE_TYPES = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];

interface Made {
  readonly type: string;
  readonly name: string;
  readonly id: number;
  readonly size: number;
  readonly edges: { readonly type: string; readonly name: string | number; readonly to: number }[];
}

/** Makes the text of a heap snapshot by hand, with the fields of a version of V8. */
export class SnapshotBuilder {
  readonly #nodes: Made[] = [];
  readonly #strings = new Map<string, number>();
  readonly #fields: readonly string[];
  readonly #locations: number[] = [];

  /** `extra` are the fields of a node beside those that all versions have, such as `detachedness`. */
  constructor(extra: readonly string[] = ['trace_node_id', 'detachedness']) {
    this.#fields = ['type', 'name', 'id', 'self_size', 'edge_count', ...extra];
    this.node('synthetic', '', { size: 0 });
  }

  /** Returns the ordinal of the node; ids are odd and grow. */
  node(type: string, name: string, { size = 16, id = this.#nodes.length * 2 + 1 } = {}): number {
    return this.#nodes.push({ type, name, id, size, edges: [] }) - 1;
  }

  edge(from: number, type: string, name: string | number, to: number): this {
    this.#nodes[from]!.edges.push({ type, name, to });
    return this;
  }

  locate(node: number, script: number, line: number, column: number): this {
    this.#locations.push(node * this.#fields.length, script, line, column);
    return this;
  }

  /** `separator` stands between numbers: versions of V8 differ in their line breaks. */
  text({ separator = ',', traces = {} as { tree?: unknown; functions?: readonly number[] } } = {}): string {
    const width = this.#fields.length;
    const nodes = this.#nodes.flatMap(({ type, name, id, size, edges }) => [
      NODE_TYPES.indexOf(type),
      this.#string(name),
      id,
      size,
      edges.length,
      ...Array.from({ length: width - 5 }, () => 0),
    ]);
    const edges = this.#nodes.flatMap(node =>
      node.edges.flatMap(({ type, name, to }) => [
        EDGE_TYPES.indexOf(type),
        typeof name === 'number' ? name : this.#string(name),
        to * width,
      ]),
    );
    const snapshot = {
      meta: {
        node_fields: this.#fields,
        node_types: [NODE_TYPES, 'string', 'number', 'number', 'number', 'number', 'number'],
        edge_fields: ['type', 'name_or_index', 'to_node'],
        edge_types: [EDGE_TYPES, 'string_or_number', 'node'],
        trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
        trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
        location_fields: ['object_index', 'script_id', 'line', 'column'],
      },
      node_count: this.#nodes.length,
      edge_count: edges.length / 3,
      trace_function_count: (traces.functions?.length ?? 0) / 6,
    };
    const list = (values: readonly number[]) => `[${values.join(separator)}]`;
    return [
      `{"snapshot":${JSON.stringify(snapshot)}`,
      `"nodes":${list(nodes)}`,
      `"edges":${list(edges)}`,
      `"trace_function_infos":${list(traces.functions ?? [])}`,
      `"trace_tree":${JSON.stringify(traces.tree ?? [])}`,
      `"samples":[]`,
      `"locations":${list(this.#locations)}`,
      `"strings":${JSON.stringify([...this.#strings.keys()])}}`,
    ].join(',\n');
  }

  #string(text: string): number {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    this.#strings.set(text, this.#strings.size);
    return this.#strings.size - 1;
  }
}
