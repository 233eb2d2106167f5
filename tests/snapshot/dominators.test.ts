import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dominatorTree, type Graph, retainedSizes } from '../../harness/snapshot/dominators.ts';

type Edge = readonly [from: number, to: number, counts: boolean];

const graphs = fc.integer({ min: 1, max: 14 }).chain(nodeCount =>
  fc.record({
    nodeCount: fc.constant(nodeCount),
    edges: fc.array(
      fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1), fc.boolean()) as fc.Arbitrary<Edge>,
      { maxLength: 40 },
    ),
  }),
);

/** Of which the root reaches everything. */
const connected = graphs.map(({ nodeCount, edges }) => {
  const whole = [...edges];
  for (let node = 1; node < nodeCount; node++) {
    if (!reachable(whole, undefined).has(node)) whole.push([0, node, true]);
  }
  return { nodeCount, edges: whole };
});

describe('the dominator tree', () => {
  test('names those without which a node is out of reach, as trying out does', () => {
    fc.assert(
      fc.property(connected, ({ nodeCount, edges }) => {
        const { dominators } = dominatorTree(graphOf(nodeCount, edges));
        for (const node of reachable(edges, undefined)) {
          if (node === 0) continue;
          expect(chain(dominators, node)).toEqual(indispensable(edges, node));
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('lists every node once, after its dominator, those too that nothing holds', () => {
    fc.assert(
      fc.property(graphs, ({ nodeCount, edges }) => {
        const { dominators, order } = dominatorTree(graphOf(nodeCount, edges));
        expect([...order].sort((one, other) => one - other)).toEqual(
          Array.from({ length: nodeCount }, (_, node) => node),
        );
        const place = new Map([...order].map((node, index) => [node, index]));
        for (const node of order) {
          if (node !== 0) expect(place.get(dominators[node]!)).toBeLessThan(place.get(node)!);
        }
      }),
    );
  });

  test('gives sizes that add up: the root retains all, each node what would be out of reach without it', () => {
    fc.assert(
      fc.property(connected, ({ nodeCount, edges }) => {
        const sizes = Float64Array.from({ length: nodeCount }, (_, node) => 2 ** node);
        const retained = retainedSizes(dominatorTree(graphOf(nodeCount, edges)), sizes);
        expect(retained[0]).toBe(2 ** nodeCount - 1);
        const all = reachable(edges, undefined);
        for (const node of all) {
          if (node === 0) continue;
          const left = reachable(edges, node);
          const freed = [...all]
            .filter(other => !left.has(other))
            .reduce((sum, other) => sum + 2 ** other, 0);
          expect(retained[node]! - freed).toBe(0);
        }
      }),
    );
  });

  test('is built for lists of a hundred thousand links', () => {
    const edges = Array.from({ length: 99_999 }, (_, node): Edge => [node, node + 1, true]);
    const { dominators } = dominatorTree(graphOf(100_000, edges));
    expect(dominators[99_999]).toBe(99_998);
  });
});

function graphOf(nodeCount: number, edges: readonly Edge[]): Graph {
  const sorted = edges.toSorted(([one], [other]) => one - other);
  const firstEdges = new Uint32Array(nodeCount + 1);
  for (const [from] of edges) firstEdges[from + 1]!++;
  for (let node = 0; node < nodeCount; node++) firstEdges[node + 1]! += firstEdges[node]!;
  return {
    nodeCount,
    firstEdges,
    targets: Uint32Array.from(sorted.map(([, to]) => to)),
    retains: Uint8Array.from(sorted.map(([, , counts]) => Number(counts))),
  };
}

/** From the root, without going through `without`. */
function reachable(edges: readonly Edge[], without: number | undefined): ReadonlySet<number> {
  const reached = new Set<number>([0]);
  for (const node of reached) {
    for (const [from, to, counts] of edges) {
      if (from === node && counts && to !== without) reached.add(to);
    }
  }
  return reached;
}

/** Nodes but the root without which `node` is out of reach. */
function indispensable(edges: readonly Edge[], node: number): ReadonlySet<number> {
  const all = [...reachable(edges, undefined)].filter(other => other !== 0 && other !== node);
  return new Set(all.filter(other => !reachable(edges, other).has(node)));
}

function chain(dominators: Uint32Array, node: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at = dominators[node]!; at !== 0; at = dominators[at]!) found.add(at);
  return found;
}
