import { PROXY } from '../../snapshot/class-names.ts';
import { edgesNamed } from '../../snapshot/edges.ts';
import type { Positions } from '../../snapshot/positions.ts';
import type { Snapshot } from '../../snapshot/read-snapshot.ts';

/** Parts of the paths of leakgate's own code. */
export interface OwnPaths {
  /** Code through which the subject is held. */
  readonly holders: readonly string[];
  /** Code that holds nothing of the subject's: what it makes, and what that alone holds, is none of it. */
  readonly books: readonly string[];
  /** File of the scenario, which set up what it is given. */
  readonly scenario?: string;
}

/**
 * What leakgate's own worker holds in the measured process: the subject is held through it, which is no news
 * to anybody.
 */
export interface OwnCode {
  isOwn(script: string): boolean;
  /** Whether a node is what a scenario set up: held by leakgate, and the subject's. */
  isSession(node: number): boolean;
  /** The file of that. */
  readonly scenario: string | undefined;
  /**
   * Of the nodes on a way from the root, the first that is not leakgate's own, with the variable that leads
   * there; undefined: none is.
   */
  beginning(way: readonly number[]): { readonly index: number; readonly name: string } | undefined;
}

/** What the worker calls what `setup` gave. */
const SESSION = 'session';

/** Finds functions of such files, the contexts of their variables, and what these hold. */
export function ownCode(
  snapshot: Snapshot,
  positions: Positions,
  { holders, books, scenario }: OwnPaths,
): OwnCode {
  const parts = [...holders, ...books];
  const isOwn = (script: string) => parts.some(part => script.includes(part));
  const own = new Uint8Array(snapshot.nodeCount);
  /** Of what a variable of leakgate's holds, the variable's name. */
  const variables = new Map<number, string>();
  if (parts.length > 0) mark(snapshot, positions, isOwn, own, variables);
  return {
    isOwn,
    scenario,
    isSession: node => variables.get(node) === SESSION && own[node] === 0,
    beginning: way => {
      for (let index = way.length - 1; index >= 0; index--) {
        const node = way[index] as number;
        const name = variables.get(node);
        if (name !== undefined && own[node] === 0) return { index, name };
      }
      return undefined;
    },
  };
}

function mark(
  snapshot: Snapshot,
  positions: Positions,
  isOwn: (script: string) => boolean,
  own: Uint8Array,
  variables: Map<number, string>,
): void {
  const {
    nodeCount,
    nodeTypes,
    types,
    edgeTypes,
    edgeTypeOf,
    firstEdges,
    edgeNames,
    targets,
    strings,
    names,
  } = snapshot;
  const closure = nodeTypes.indexOf('closure');
  const object = nodeTypes.indexOf('object');
  const contextEdge = edgeTypes.indexOf('context');
  const follow = edgesNamed(snapshot);
  const contexts: number[] = [];
  const isContext = (node: number) => strings.at(names[node] as number) === 'system / Context';
  const isProxy = (node: number) => strings.at(names[node] as number) === PROXY;
  for (let node = 0; node < nodeCount; node++) {
    if (types[node] !== closure || !isOwn(positions.script(node))) continue;
    own[node] = 1;
    for (
      let at = follow(node, 'context');
      at !== undefined && isContext(at) && own[at] === 0;
      at = follow(at, 'previous')
    ) {
      own[at] = 1;
      contexts.push(at);
    }
  }
  for (const context of contexts) {
    for (
      let edge = firstEdges[context] as number, end = firstEdges[context + 1] as number;
      edge < end;
      edge++
    ) {
      const target = targets[edge] as number;
      const holdsObject = types[target] === object || types[target] === closure || isProxy(target);
      if (edgeTypeOf[edge] !== contextEdge || own[target] === 1 || !holdsObject) continue;
      const name = strings.at(edgeNames[edge] as number);
      if (!variables.has(target)) variables.set(target, name);
    }
  }
}
