import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSnapshot } from '../../harness/snapshot/read-snapshot.ts';
import { retainingEdges } from '../../harness/snapshot/retention.ts';
import { shortestPaths } from '../../harness/snapshot/shortest-paths.ts';
import { temporaryFolder } from '../support/cli.ts';
import { SnapshotBuilder } from '../support/snapshot-builder.ts';

let folder: ReturnType<typeof temporaryFolder>;
let builder: SnapshotBuilder;
let roots: number;
beforeEach(() => {
  folder = temporaryFolder();
  builder = new SnapshotBuilder();
  roots = builder.node('synthetic', '(GC roots)');
  builder.edge(0, 'element', 1, roots);
});
afterEach(() => folder.remove());

/** A root with what it holds. */
function root(name: string, ...held: number[]): number {
  const node = builder.node('synthetic', name);
  builder.edge(roots, 'element', node, node);
  for (const one of held) builder.edge(node, 'element', one, one);
  return node;
}

/** A new object that `holder` has by a property. */
function heldBy(holder: number): number {
  const node = builder.node('object', 'Object');
  builder.edge(holder, 'property', 'next', node);
  return node;
}

function chainOf(length: number, first: number): number {
  let last = first;
  for (let link = 0; link < length; link++) last = heldBy(last);
  return last;
}

/** The nodes on the way to `node`, itself the last. */
function wayTo(node: number): number[] {
  const path = join(folder.path, 'made.heapsnapshot');
  writeFileSync(path, builder.text());
  const snapshot = readSnapshot(path);
  const { from } = shortestPaths(snapshot, retainingEdges(snapshot));
  const way = [node];
  for (let at = node; at !== 0; at = from[at]!) way.unshift(from[at]!);
  return way;
}

test.each(['(Handle scope)', '(Stack roots)'])(
  'what %s holds at the moment is held by the program, however far that is',
  momentary => {
    const first = builder.node('object', 'Object');
    const last = chainOf(5_000, first);
    root(momentary, last);
    root('(Global handles)', first);
    expect(wayTo(last)).toHaveLength(5_000 + 4);
    expect(wayTo(last)[3]).toBe(first);
  },
);

test('and by the moment, where nothing else holds it', () => {
  const first = builder.node('object', 'Object');
  const last = chainOf(3, first);
  const [scope, stack] = [root('(Handle scope)', first), root('(Stack roots)')];
  builder.edge(stack, 'element', last, last);
  expect(wayTo(first)).toEqual([0, roots, scope, first]);
  expect(wayTo(last)).toEqual([0, roots, stack, last]);
});

test("a way by the program's properties is shorter than one by the code, with fewer steps", () => {
  const held = builder.node('object', 'Object');
  const code = builder.node('code', 'function');
  builder.edge(code, 'internal', 'literals', held);
  const first = builder.node('object', 'Object');
  root('(Global handles)', first, code);
  const last = chainOf(10, first);
  builder.edge(last, 'property', 'kept', held);
  expect(wayTo(held).slice(-2)).toEqual([last, held]);
});
