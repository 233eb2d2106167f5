import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'heap-snapshot-toolkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dominatorTree, retainedSizes } from '../../../harness/snapshot/dominators.ts';
import { readSnapshot, type Snapshot } from '../../../harness/snapshot/read-snapshot.ts';
import { retainingEdges } from '../../../harness/snapshot/retention.ts';
import { ownedSizes } from '../../support/owned-sizes.ts';

/** What Chrome DevTools makes of a snapshot; heap-snapshot-toolkit is its code. */
interface Oracle {
  readonly retainedSizes: ArrayLike<number>;
  readonly dominatorsTree: ArrayLike<number>;
  getAggregatesByClassKey(
    sorted: boolean,
    key: string,
  ): Record<string, { readonly name: string; readonly count: number; readonly self: number }>;
}

const PROGRAMS = {
  'classes, closures and timers': `
    class Zone { #records = []; constructor(n) { this.name = 'zone' + n; this.#records.push({ ttl: n, data: [n] }); } }
    globalThis.zones = new Map();
    for (let n = 0; n < 300; n++) {
      const zone = new Zone(n);
      zones.set(zone.name, zone);
      setTimeout(() => zone, 1e6).unref();
    }`,
  'weak collections, buffers and strings': `
    const weak = new WeakMap(); globalThis.kept = [];
    const registry = new FinalizationRegistry(() => {});
    for (let n = 0; n < 300; n++) {
      const key = { n }; weak.set(key, { key, text: 'text ' + n }); registry.register(key, { n });
      kept.push(n % 2 ? key : Buffer.from('x'.repeat(n)).toString('latin1').slice(2), Buffer.alloc(500), new Uint8Array(n));
    }`,
  'promises, listeners and modules': `
    const { EventEmitter } = require('node:events'); require('node:http'); require('node:crypto');
    const bus = globalThis.bus = new EventEmitter().setMaxListeners(0); const never = new Promise(() => {});
    for (let n = 0; n < 300; n++) { bus.on('x', () => n); never.then(() => n); Object.create(null)['k' + n] = bus; }`,
};

describe.each(Object.entries(PROGRAMS))('on a heap of %s', (_, program) => {
  const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
  const path = join(folder, 'heap.heapsnapshot');
  let snapshot: Snapshot;
  let oracle: Oracle;

  beforeAll(async () => {
    execFileSync(process.execPath, [
      '-e',
      `${program}; require('node:v8').writeHeapSnapshot(process.argv[1])`,
      path,
    ]);
    snapshot = readSnapshot(path);
    oracle = (await parse(createReadStream(path))) as unknown as Oracle;
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('dominators and retained sizes are those of Chrome DevTools, node by node', () => {
    const tree = dominatorTree({ ...snapshot, retains: retainingEdges(snapshot) });
    expect(differing(tree.dominators, oracle.dominatorsTree)).toEqual([]);
    expect(differing(retainedSizes(tree, ownedSizes(snapshot)), oracle.retainedSizes)).toEqual([]);
  });

  test('counts and sizes by class are those of Chrome DevTools', () => {
    const theirs = new Map<string, { count: number; self: number }>();
    for (const { name, count, self } of Object.values(oracle.getAggregatesByClassKey(false, 'allObjects'))) {
      // Plain objects are told apart by their properties there.
      const className = name.startsWith('{') ? 'Object' : name;
      const known = theirs.get(className) ?? { count: 0, self: 0 };
      theirs.set(className, { count: known.count + count, self: known.self + self });
    }
    const ours = objectsByName(snapshot);
    expect(ours.size).toBeGreaterThan(100);
    for (const [className, found] of ours)
      expect([className, theirs.get(className)]).toEqual([className, found]);
  });
});

function differing(ours: ArrayLike<number>, theirs: ArrayLike<number>): number[] {
  return Array.from(ours)
    .flatMap((value, node) => (value === theirs[node] ? [] : [node]))
    .slice(0, 10);
}

/** JavaScript objects of a class; DevTools leaves out those without a size. */
function objectsByName({
  nodeCount,
  types,
  nodeTypes,
  names,
  strings,
  ...snapshot
}: Snapshot): Map<string, { count: number; self: number }> {
  const sizes = ownedSizes({ nodeCount, types, nodeTypes, names, strings, ...snapshot });
  const found = new Map<string, { count: number; self: number }>();
  for (let node = 0; node < nodeCount; node++) {
    if (nodeTypes[types[node]!] !== 'object' || sizes[node] === 0) continue;
    const className = strings.at(names[node]!);
    const known = found.get(className) ?? { count: 0, self: 0 };
    found.set(className, { count: known.count + 1, self: known.self + sizes[node]! });
  }
  return found;
}
