import type { Bytes } from '../../model.ts';
import type { Snapshot } from './read-snapshot.ts';

/**
 * What a text takes that was put together: V8 keeps it as a tree of its pieces until it is read. Pieces that several texts share
 * count for each of them, and are looked at once.
 */
export function ropeSizes(snapshot: Snapshot, isPiece: (node: number) => boolean): (rope: number) => Bytes {
  const { nodeTypes, types, sizes, firstEdges, targets } = snapshot;
  const ropeType = nodeTypes.indexOf('concatenated string');
  const known = new Map<number, Bytes>();
  const piecesOf = (rope: number) => [
    ...targets.subarray(firstEdges[rope] as number, firstEdges[rope + 1] as number).filter(isPiece),
  ];
  const sizeOf = (piece: number) => known.get(piece) ?? (sizes[piece] as number);

  return top => {
    const waiting = [top];
    for (let rope = waiting.at(-1); rope !== undefined; rope = waiting.at(-1)) {
      const pieces = piecesOf(rope);
      const unknown = pieces.filter(piece => types[piece] === ropeType && !known.has(piece));
      if (unknown.length > 0) {
        waiting.push(...unknown);
        continue;
      }
      waiting.pop();
      known.set(
        rope,
        pieces.reduce((sum, piece) => sum + sizeOf(piece), sizes[rope] as number),
      );
    }
    return known.get(top) ?? 0;
  };
}
