import type { Snapshot } from './read-snapshot.ts';
import { HOLDS_NOTHING } from './retention.ts';

/** A variable that an ES module exports. */
export interface ModuleVariable {
  /** Under which it is exported, those that say more first: `default` is the last. */
  readonly names: readonly string[];
  /** Entry of Node's loader for the module; undefined for one that it does not know, as of `node:vm`. */
  readonly module: number | undefined;
  /** Entries for the modules that import it by name. */
  readonly importers: readonly number[];
}

/** The parts of V8's `SourceTextModule`, in Node 20 to 26, each a store of cells. */
interface SourceModule {
  readonly node: number;
  /** All that it exports, each behind its name. */
  readonly named: number | undefined;
  /** Of the variables that it has itself. */
  readonly own: number | undefined;
  readonly imported: number | undefined;
}

/** ES modules, which share their variables: V8 keeps each in a cell, and modules that import it have the same. */
export class ModuleVariables {
  readonly #snapshot: Snapshot;
  readonly #modules: readonly SourceModule[];
  readonly #variables = new Map<number, ModuleVariable>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#modules = sourceModules(snapshot);
    const entries = loaderEntries(snapshot);
    const importers = new Map<number, number[]>();
    for (const { node, imported } of this.#modules) {
      const entry = entries.get(node);
      if (entry === undefined) continue;
      for (const cell of targetsOf(snapshot, imported))
        importers.set(cell, [...(importers.get(cell) ?? []), entry]);
    }
    for (const module of this.#modules)
      for (const [cell, names] of namesOfCells(snapshot, module))
        this.#variables.set(cell, {
          names: names.toSorted(byTelling),
          module: entries.get(module.node),
          importers: importers.get(cell) ?? [],
        });
  }

  /** What a node is the cell of; undefined for any other node. */
  of(node: number): ModuleVariable | undefined {
    return this.#variables.get(node);
  }

  /**
   * Takes out the edges by which modules have what others export: a variable is held by the module whose it is,
   * which they hold. Changes `retains`.
   */
  leaveOutImports(retains: Uint8Array): void {
    const { firstEdges, targets } = this.#snapshot;
    for (const { named, own, imported } of this.#modules) {
      const cells = new Set(targetsOf(this.#snapshot, own));
      for (const store of [named, imported]) {
        if (store === undefined) continue;
        for (let edge = firstEdges[store] as number; edge < (firstEdges[store + 1] as number); edge++) {
          const target = targets[edge] as number;
          if (nameOf(this.#snapshot, target) === 'system / Cell' && !cells.has(target))
            retains[edge] = HOLDS_NOTHING;
        }
      }
    }
  }
}

/** In the order of the alphabet, as that of V8's table differs from run to run. */
function byTelling(one: string, other: string): number {
  if (one === 'default' || other === 'default') return one === 'default' ? 1 : -1;
  return one < other ? -1 : 1;
}

/** Of the cells that are the module's own, the names behind which it exports them. */
function namesOfCells(snapshot: Snapshot, { named, own }: SourceModule): Map<number, string[]> {
  const { types, nodeTypes } = snapshot;
  const string = nodeTypes.indexOf('string');
  const cells = new Set(targetsOf(snapshot, own));
  const pairs = targetsOf(snapshot, named);
  const names = new Map<number, string[]>();
  for (const [index, cell] of pairs.entries()) {
    const key = pairs[index - 1];
    if (!cells.has(cell) || key === undefined || types[key] !== string) continue;
    names.set(cell, [...(names.get(cell) ?? []), nameOf(snapshot, key)]);
  }
  return names;
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
