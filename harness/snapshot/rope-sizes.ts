import type { Bytes } from '../model.ts';
import type { Snapshot } from './read-snapshot.ts';

/** Pieces looked at per node of the snapshot, so that many texts that share pieces take no longer than it is long. */
const PATIENCE = 4;

/**
 * What a text takes that was put together: V8 keeps it as a tree of its pieces until it is read. A piece
 * counts once for each text that has it. Where too many texts share too much, the rest of their pieces is
 * left out.
 */
export function ropeSizes(snapshot: Snapshot, isPiece: (node: number) => boolean): (rope: number) => Bytes {
  const { nodeCount, nodeTypes, types, sizes, firstEdges, targets } = snapshot;
  const ropeType = nodeTypes.indexOf('concatenated string');
  const piecesOf = (rope: number): Iterable<number> =>
    types[rope] === ropeType
      ? new Set(targets.subarray(firstEdges[rope], firstEdges[rope + 1]).filter(isPiece))
      : [];
  /** Of texts without a piece that another rope has too: these have no piece twice. Undefined for the others. */
  const plain = new Map<number, Bytes | undefined>();
  const known = new Map<number, Bytes>();
  let patience = PATIENCE * nodeCount;

  /** Ropes that have it, up to two. */
  const countHolders = (): Uint8Array => {
    const counts = new Uint8Array(nodeCount);
    for (let node = 0; node < nodeCount; node++)
      for (const piece of piecesOf(node)) counts[piece] = Math.min((counts[piece] as number) + 1, 2);
    return counts;
  };
  let holders: Uint8Array | undefined;

  const plainSize = (rope: number): Bytes | undefined => {
    let size = sizes[rope] as number;
    for (const piece of piecesOf(rope)) {
      const part = types[piece] === ropeType ? plain.get(piece) : sizes[piece];
      if (part === undefined || holders?.[piece] === 2) return undefined;
      size += part;
    }
    return size;
  };

  /** From the leaves up, without recursion: a text may be some hundred thousand pieces deep. */
  const weigh = (top: number): void => {
    const waiting = [top];
    for (let rope = waiting.at(-1); rope !== undefined; rope = waiting.at(-1)) {
      const unknown = [...piecesOf(rope)].filter(piece => types[piece] === ropeType && !plain.has(piece));
      if (unknown.length === 0) plain.set(waiting.pop() as number, plainSize(rope));
      else waiting.push(...unknown);
    }
  };

  const distinctSize = (top: number): Bytes => {
    const met = new Set([top]);
    let size = 0;
    for (const piece of met) {
      if (patience-- <= 0) break;
      const whole = plain.get(piece);
      size += whole ?? (sizes[piece] as number);
      if (whole === undefined) for (const part of piecesOf(piece)) met.add(part);
    }
    return size;
  };

  return top => {
    holders ??= countHolders();
    weigh(top);
    const size = known.get(top) ?? plain.get(top) ?? distinctSize(top);
    known.set(top, size);
    return size;
  };
}
