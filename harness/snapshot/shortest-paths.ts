import type { Snapshot } from './read-snapshot.ts';
import { HOLDS_NOTHING } from './retention.ts';

/**
 * Of each node the edge by which it is reached on the way from the root that a person would name, and where
 * that comes from.
 */
export interface ShortestPaths {
  readonly from: Uint32Array;
  readonly edge: Uint32Array;
}

export const UNREACHED = 0xffffffff;

/** How far it is through what: what a program wrote is near, what V8 keeps beside it is far. */
const STEP = 1;
const THROUGH_CACHE = 48;
const THROUGH_CODE = 40;
const THROUGH_HIDDEN = 4;
const HIDDEN_EDGE = 3;
const PROTOTYPE = 12;
/** Of a root that is gone after the others only. */
const LAST = 0xff;
/** More than the longest step: a ring of so many lists holds all that are waiting. */
const RING = 128;

const FAR_EDGES: ReadonlySet<string> = new Set([
  'map',
  'prototype',
  '__proto__',
  'constructor',
  'initial_map',
  'back_pointer',
  'descriptors',
  'feedback_cell',
  'native_context',
]);
const NEAR_ROOTS: ReadonlySet<string> = new Set([
  '(GC roots)',
  '(Global handles)',
  '(Traced handles)',
  'C++ Persistent roots',
  'C++ roots',
]);

/**
 * Shortest ways from the root to all nodes (E. W. Dijkstra, with R. B. Dial's ring of lists as the steps are
 * small whole numbers). Of two ways the one by properties and variables of the program is shorter than one
 * through code or V8's caches. The stack comes last, however far the others are: what it holds is gone with
 * the call.
 */
export function shortestPaths(snapshot: Snapshot, retains: Uint8Array): ShortestPaths {
  const { nodeCount, firstEdges, edgeTypeOf, edgeNames, targets } = snapshot;
  const entering = costOfNodes(snapshot);
  const following = costOfEdges(snapshot);
  const distance = new Uint32Array(nodeCount).fill(UNREACHED);
  const from = new Uint32Array(nodeCount).fill(UNREACHED);
  const by = new Uint32Array(nodeCount).fill(UNREACHED);
  const ring = new Ring();
  const last: number[] = [];
  const reach = (node: number, at: number) => {
    distance[node] = at;
    ring.add(node, at);
  };
  reach(0, 0);
  for (let now = 0; !ring.isEmpty || last.length > 0; now++) {
    if (ring.isEmpty) for (const root of last.splice(0)) reach(root, now);
    for (const node of ring.take(now)) {
      if (distance[node] !== now) continue;
      for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
        if (retains[edge] === HOLDS_NOTHING) continue;
        const target = targets[edge] as number;
        const step =
          STEP +
          (entering[target] as number) +
          following(edgeTypeOf[edge] as number, edgeNames[edge] as number);
        if (now + step >= (distance[target] as number)) continue;
        from[target] = node;
        by[target] = edge;
        if (entering[target] === LAST) last.push(target);
        else reach(target, now + step);
      }
    }
  }
  return { from, edge: by };
}

/** Nodes by their distance, one list for each that is ahead. */
class Ring {
  readonly #lists: number[][] = Array.from({ length: RING }, () => []);
  #waiting = 0;

  get isEmpty(): boolean {
    return this.#waiting === 0;
  }

  add(node: number, distance: number): void {
    (this.#lists[distance % RING] as number[]).push(node);
    this.#waiting++;
  }

  take(distance: number): readonly number[] {
    const nodes = this.#lists[distance % RING] as number[];
    this.#lists[distance % RING] = [];
    this.#waiting -= nodes.length;
    return nodes;
  }
}

function costOfNodes({ nodeCount, types, nodeTypes, names, strings, firstEdges }: Snapshot): Uint8Array {
  const byType = nodeTypes.map(type => {
    if (type === 'code' || type === 'object shape') return THROUGH_CODE;
    return type === 'hidden' ? THROUGH_HIDDEN : 0;
  });
  const synthetic = nodeTypes.indexOf('synthetic');
  const costs = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const type = types[node] as number;
    costs[node] =
      type === synthetic && firstEdges[node] !== firstEdges[node + 1]
        ? costOfRoot(strings.at(names[node] as number))
        : (byType[type] as number);
  }
  return costs;
}

function costOfRoot(name: string): number {
  if (NEAR_ROOTS.has(name) || !name.startsWith('(')) return STEP;
  return isMomentary(name) ? LAST : THROUGH_CACHE;
}

/** Of a root whose objects come and go with each call, and with what is compiled meanwhile. */
export function isMomentary(root: string): boolean {
  return /^\((Stack roots|Handle scope)/.test(root);
}

function costOfEdges({ edgeTypes, strings }: Snapshot): (type: number, name: number) => number {
  const hidden = edgeTypes.indexOf('hidden');
  const [property, internal] = [edgeTypes.indexOf('property'), edgeTypes.indexOf('internal')];
  /** 0: not looked at yet; otherwise one more than the cost. */
  const known = new Uint8Array(strings.length);
  return (type, name) => {
    if (type === hidden) return HIDDEN_EDGE;
    if (type !== property && type !== internal) return 0;
    const found = known[name] as number;
    if (found > 0) return found - 1;
    const cost = FAR_EDGES.has(strings.at(name)) ? PROTOTYPE : 0;
    known[name] = cost + 1;
    return cost;
  };
}
