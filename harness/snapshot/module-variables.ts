import type { Snapshot } from './read-snapshot.ts';
import { HOLDS_NOTHING } from './retention.ts';

/** A variable that an ES module exports, under its name. */
export interface ModuleVariable {
  /** `default` where it has no other. */
  readonly name: string;
  /** Entries of Node's loader for the modules that import it. */
  readonly importers: readonly number[];
}

/**
 * The variables that ES modules export, by the cell in which V8 keeps each: modules that import one have the
 * same cell, and so have those that export it again.
 */
export function moduleVariables(snapshot: Snapshot): ReadonlyMap<number, ModuleVariable> {
  const { strings, names, types, nodeTypes } = snapshot;
  const string = nodeTypes.indexOf('string');
  const variables = new Map<number, ModuleVariable & { readonly importers: number[] }>();
  const modules = sourceModules(snapshot);
  for (const { named, own } of modules) {
    const cells = new Set(targetsOf(snapshot, own));
    const pairs = targetsOf(snapshot, named);
    for (const [index, cell] of pairs.entries()) {
      const key = pairs[index - 1];
      if (!cells.has(cell) || key === undefined || types[key] !== string) continue;
      const name = strings.at(names[key] as number);
      if (name !== 'default' || !variables.has(cell)) variables.set(cell, { name, importers: [] });
    }
  }
  const entries = loaderEntries(snapshot);
  for (const { node, imported } of modules) {
    const entry = entries.get(node);
    if (entry === undefined) continue;
    for (const cell of targetsOf(snapshot, imported)) variables.get(cell)?.importers.push(entry);
  }
  return variables;
}

/**
 * Takes out the edges by which modules have what others export: a variable is held by the module whose it is,
 * which they hold. Changes `retains`.
 */
export function leaveOutImports(snapshot: Snapshot, retains: Uint8Array): void {
  const { firstEdges, targets } = snapshot;
  for (const { named, own, imported } of sourceModules(snapshot)) {
    const cells = new Set(targetsOf(snapshot, own));
    for (const store of [named, imported]) {
      if (store === undefined) continue;
      for (let edge = firstEdges[store] as number; edge < (firstEdges[store + 1] as number); edge++) {
        const target = targets[edge] as number;
        if (nameOf(snapshot, target) === CELL && !cells.has(target)) retains[edge] = HOLDS_NOTHING;
      }
    }
  }
}

const CELL = 'system / Cell';

/** The parts of V8's `SourceTextModule`, in Node 20 to 26, each a store of cells. */
interface SourceModule {
  readonly node: number;
  /** All that it exports, each behind its name. */
  readonly named: number | undefined;
  /** Of the variables that it has itself. */
  readonly own: number | undefined;
  readonly imported: number | undefined;
}

/** Fields have numbers. */
const NAMED = 0;
/** Counted from the body of the module, which is a generator once it runs. */
const [OWN, IMPORTED] = [1, 2];

function sourceModules(snapshot: Snapshot): SourceModule[] {
  const { nodeCount, types, nodeTypes } = snapshot;
  const hidden = nodeTypes.indexOf('hidden');
  const modules: SourceModule[] = [];
  for (let node = 0; node < nodeCount; node++) {
    if (types[node] !== hidden || nameOf(snapshot, node) !== 'system / SourceTextModule') continue;
    const fields = fieldsOf(snapshot, node);
    const body = [...fields].find(([, target]) => nameOf(snapshot, target) === 'Generator')?.[0];
    if (body === undefined) continue;
    const [own, imported] = [fields.get(body + OWN), fields.get(body + IMPORTED)];
    modules.push({ node, named: fields.get(NAMED), own, imported });
  }
  return modules;
}

/** Of modules the entries of Node's loader for them. */
function loaderEntries(snapshot: Snapshot): Map<number, number> {
  const { nodeCount, types, nodeTypes } = snapshot;
  const object = nodeTypes.indexOf('object');
  const entries = new Map<number, number>();
  for (let node = 0; node < nodeCount; node++) {
    if (types[node] !== object || nameOf(snapshot, node) !== 'ModuleWrap') continue;
    for (const target of targetsOf(snapshot, node)) entries.set(target, node);
  }
  return entries;
}

/** What a node has by numbers. */
function fieldsOf(
  { edgeTypes, edgeTypeOf, edgeNames, firstEdges, targets }: Snapshot,
  node: number,
): Map<number, number> {
  const hidden = edgeTypes.indexOf('hidden');
  const fields = new Map<number, number>();
  for (let edge = firstEdges[node] as number; edge < (firstEdges[node + 1] as number); edge++) {
    if (edgeTypeOf[edge] === hidden) fields.set(edgeNames[edge] as number, targets[edge] as number);
  }
  return fields;
}

/** In the order of its edges. */
function targetsOf({ firstEdges, targets }: Snapshot, node: number | undefined): Uint32Array {
  return node === undefined ? new Uint32Array() : targets.subarray(firstEdges[node], firstEdges[node + 1]);
}

function nameOf({ names, strings }: Snapshot, node: number): string {
  return strings.at(names[node] as number);
}
