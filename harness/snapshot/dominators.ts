/** A directed graph whose nodes are numbered from 0, its root; edges of a node lie beside each other. */
export interface Graph {
  readonly nodeCount: number;
  /** First edge of a node, and after the last node the number of edges. */
  readonly firstEdges: Uint32Array;
  readonly targets: Uint32Array;
  /** Edges that count: 1. */
  readonly retains: Uint8Array;
}

export interface DominatorTree {
  /** Of each node the one without which it would be free; the root's is itself. */
  readonly dominators: Uint32Array;
  /** All nodes, each after its dominator. */
  readonly order: Uint32Array;
}

const NONE = 0xffffffff;

/**
 * Dominators by T. Lengauer and R. E. Tarjan, "A fast algorithm for finding dominators in a flowgraph", ACM
 * TOPLAS 1 (1979), with the simple link and eval. Nodes that no edge that counts leads to are taken as held
 * by the root, then what only they reach, then rings that hold one another.
 */
export function dominatorTree(graph: Graph): DominatorTree {
  const { nodeCount } = graph;
  const { order, numberOf, parents } = depthFirst(graph);
  const { first, sources } = predecessors(graph, numberOf);
  const semi = new Uint32Array(nodeCount);
  const label = new Uint32Array(nodeCount);
  const ancestor = new Uint32Array(nodeCount).fill(NONE);
  const dominators = new Uint32Array(nodeCount);
  // Nodes by their semidominator, in linked lists.
  const bucket = new Uint32Array(nodeCount).fill(NONE);
  const nextInBucket = new Uint32Array(nodeCount).fill(NONE);
  const path = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    semi[node] = node;
    label[node] = node;
  }

  const evaluate = (node: number): number => {
    if (ancestor[node] === NONE) return node;
    let length = 0;
    let at = node;
    while (ancestor[ancestor[at] as number] !== NONE) {
      path[length++] = at;
      at = ancestor[at] as number;
    }
    while (length > 0) {
      const below = path[--length] as number;
      const above = ancestor[below] as number;
      if ((semi[label[above] as number] as number) < (semi[label[below] as number] as number)) {
        label[below] = label[above] as number;
      }
      ancestor[below] = ancestor[above] as number;
    }
    return label[node] as number;
  };

  for (let node = nodeCount - 1; node > 0; node--) {
    let lowest = semi[node] as number;
    const [from, end] = [first[node] as number, first[node + 1] as number];
    if (from === end) lowest = 0;
    for (let at = from; at < end; at++) {
      const candidate = semi[evaluate(sources[at] as number)] as number;
      if (candidate < lowest) lowest = candidate;
    }
    semi[node] = lowest;
    nextInBucket[node] = bucket[lowest] as number;
    bucket[lowest] = node;
    const parent = parents[node] as number;
    ancestor[node] = parent;
    for (let other = bucket[parent] as number; other !== NONE; other = nextInBucket[other] as number) {
      const best = evaluate(other);
      dominators[other] = (semi[best] as number) < (semi[other] as number) ? best : parent;
    }
    bucket[parent] = NONE;
  }
  for (let node = 1; node < nodeCount; node++) {
    if (dominators[node] !== semi[node]) dominators[node] = dominators[dominators[node] as number] as number;
  }

  const named = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++)
    named[order[node] as number] = order[dominators[node] as number] as number;
  return { dominators: named, order };
}

/** Memory that would be free without a node: its own size and that of all it dominates. */
export function retainedSizes({ dominators, order }: DominatorTree, sizes: Float64Array): Float64Array {
  const retained = Float64Array.from(sizes);
  for (let at = order.length - 1; at > 0; at--) {
    const node = order[at] as number;
    const dominator = dominators[node] as number;
    retained[dominator] = (retained[dominator] as number) + (retained[node] as number);
  }
  return retained;
}

interface DepthFirst {
  /** Nodes as they are met, */
  readonly order: Uint32Array;
  /** the place of each in it, */
  readonly numberOf: Uint32Array;
  /** and from where it was met: places both. */
  readonly parents: Uint32Array;
}

function depthFirst({ nodeCount, firstEdges, targets, retains }: Graph): DepthFirst {
  const order = new Uint32Array(nodeCount);
  const numberOf = new Uint32Array(nodeCount).fill(NONE);
  const parents = new Uint32Array(nodeCount);
  const nextEdge = firstEdges.slice(0, nodeCount);
  const stack = new Uint32Array(nodeCount);
  let met = 0;
  const meet = (node: number, parent: number) => {
    numberOf[node] = met;
    parents[met] = parent;
    order[met++] = node;
  };
  const visit = (root: number) => {
    meet(root, 0);
    let depth = 0;
    stack[0] = root;
    while (depth >= 0) {
      const node = stack[depth] as number;
      const end = firstEdges[node + 1] as number;
      let edge = nextEdge[node] as number;
      while (edge < end && (retains[edge] !== 1 || numberOf[targets[edge] as number] !== NONE)) edge++;
      nextEdge[node] = edge + 1;
      if (edge >= end) depth--;
      else {
        const target = targets[edge] as number;
        meet(target, numberOf[node] as number);
        stack[++depth] = target;
      }
    }
  };

  visit(0);
  if (met < nodeCount) {
    const held = new Uint8Array(nodeCount);
    for (let edge = 0; edge < targets.length; edge++) {
      if (retains[edge] === 1) held[targets[edge] as number] = 1;
    }
    for (let node = 0; node < nodeCount; node++) {
      if (numberOf[node] === NONE && held[node] === 0) visit(node);
    }
  }
  for (let node = 0; node < nodeCount; node++) {
    if (numberOf[node] === NONE) meet(node, 0);
  }
  return { order, numberOf, parents };
}

/** By place in the depth-first order, as what they are computed with. */
function predecessors(
  { nodeCount, firstEdges, targets, retains }: Graph,
  numberOf: Uint32Array,
): { readonly first: Uint32Array; readonly sources: Uint32Array } {
  const first = new Uint32Array(nodeCount + 1);
  let edges = 0;
  for (let edge = 0; edge < targets.length; edge++) {
    if (retains[edge] !== 1) continue;
    const target = numberOf[targets[edge] as number] as number;
    first[target] = (first[target] as number) + 1;
    edges++;
  }
  for (let node = 1; node <= nodeCount; node++) {
    first[node] = (first[node] as number) + (first[node - 1] as number);
  }
  const sources = new Uint32Array(edges);
  for (let node = 0; node < nodeCount; node++) {
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      if (retains[edge] !== 1) continue;
      const target = numberOf[targets[edge] as number] as number;
      const slot = (first[target] as number) - 1;
      first[target] = slot;
      sources[slot] = numberOf[node] as number;
    }
  }
  return { first, sources };
}
