import type { Bytes } from '../model.ts';
import { STRING_TYPES } from './class-names.ts';
import type { Snapshot } from './read-snapshot.ts';
import { ropeSizes } from './rope-sizes.ts';

/** Stores smaller than this are not worth remembering. */
const LEAST = 256;
/** From an object through a view and its buffer to the data. */
const DEPTH = 3;
/** An object of more is a dictionary. */
const MOST_PROPERTIES = 40;
const BUFFERS =
  /^(Buffer|ArrayBuffer|SharedArrayBuffer|DataView|(Big)?(Ui|I)nt(8|16|32|64)(Clamped)?Array|Float(16|32|64)Array)$/;
const PARTS: ReadonlySet<string> = new Set(['array', ...STRING_TYPES]);

/**
 * What objects hold that is part of them: the stores behind arrays, maps and dictionaries, the data of
 * buffers, strings. By the objects' ids, for these grow in place, where their stores are new ones each time.
 */
export function storeSizes(snapshot: Snapshot): ReadonlyMap<number, Bytes> {
  const sizes = new Map<number, Bytes>();
  const partSizes = partFinder(snapshot);
  const holders = new Set([snapshot.nodeTypes.indexOf('object')]);
  for (let node = 0; node < snapshot.nodeCount; node++) {
    if (!holders.has(snapshot.types[node] as number)) continue;
    let size = 0;
    for (const part of partSizes(node, DEPTH)) size += part.size;
    if (size >= LEAST) sizes.set(snapshot.ids[node] as number, size);
  }
  return sizes;
}

/**
 * Tells of an object the largest of its parts; undefined without any. To be made once for a snapshot, of
 * which texts are looked through.
 */
export function largestStores(snapshot: Snapshot): (node: number) => number | undefined {
  const partsOf = partFinder(snapshot);
  return node => partsOf(node, DEPTH).sort((one, other) => other.size - one.size)[0]?.node;
}

interface Part {
  readonly node: number;
  readonly size: Bytes;
}

function partFinder(snapshot: Snapshot): (node: number, depth: number) => Part[] {
  const { nodeTypes, types, names, strings, sizes, edgeTypes, firstEdges, edgeTypeOf, edgeNames, targets } =
    snapshot;
  const isPart = nodeTypes.map(type => PARTS.has(type));
  const [object, native, rope] = ['object', 'native', 'concatenated string'].map(type =>
    nodeTypes.indexOf(type),
  );
  const [weak, internal, element, property] = ['weak', 'internal', 'element', 'property'].map(type =>
    edgeTypes.indexOf(type),
  );
  const kept = new Map<number, boolean>();
  const named = (name: number, test: (text: string) => boolean): boolean => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    kept.set(name, test(strings.at(name)));
    return kept.get(name) as boolean;
  };
  const isBuffer = (name: number) =>
    named(name, text => BUFFERS.test(text) || text === 'system / JSArrayBufferData');

  const sizeOfRope = ropeSizes(snapshot, node => isPart[types[node] as number] === true);
  const parts = (node: number, depth: number): Part[] => {
    const found: Part[] = [];
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      const target = targets[edge] as number;
      const type = types[target] as number;
      // Elements of an array, and entries of a dictionary, are counted by themselves.
      if (edgeTypeOf[edge] === weak || edgeTypeOf[edge] === element) continue;
      if (edgeTypeOf[edge] === property && end - (firstEdges[node] as number) > MOST_PROPERTIES) continue;
      if (type === rope) {
        found.push({ node: target, size: sizeOfRope(target) });
      } else if (isPart[type] || (type === native && isBuffer(names[target] as number))) {
        found.push({ node: target, size: sizes[target] as number });
      } else if (
        depth > 1 &&
        type === object &&
        isBuffer(names[target] as number) &&
        !(edgeTypeOf[edge] === internal && strings.at(edgeNames[edge] as number) === 'map')
      ) {
        const size = parts(target, depth - 1).reduce((sum, part) => sum + part.size, 0);
        found.push({ node: target, size });
      }
    }
    return found;
  };
  return parts;
}
