import type { SourcePosition } from '../../model.ts';
import type { DominatorTree } from '../../snapshot/dominators.ts';
import type { Kinds } from '../../snapshot/kinds.ts';
import type { ModuleVariables } from '../../snapshot/module-variables.ts';
import type { Positions } from '../../snapshot/positions.ts';
import type { Snapshot } from '../../snapshot/read-snapshot.ts';
import type { ShortestPaths } from '../../snapshot/shortest-paths.ts';
import type { Growth } from './growth.ts';
import type { OwnCode } from './own-code.ts';
import type { WeakMapOnWay } from './weak-maps.ts';

/** What is known of a snapshot when its findings are put into words. */
export interface Analysis {
  readonly snapshot: Snapshot;
  readonly kinds: Kinds;
  readonly positions: Positions;
  readonly paths: ShortestPaths;
  readonly tree: DominatorTree;
  readonly growth: Growth;
  readonly own: OwnCode;
  /** As a person would look it up; undefined for code that is not the program's. */
  readonly place: (position: SourcePosition) => SourcePosition | undefined;
  /** Whether a node is an instance of a class that the program defines. */
  readonly isProgramClass: (node: number) => boolean;
  /** The largest of the parts that an object is made of. */
  readonly largestStore: (node: number) => number | undefined;
  readonly variables: ModuleVariables;
  /** Of an edge, the WeakMap in which it leads from a key to its value. */
  readonly weakMapOf: (edge: number) => WeakMapOnWay | undefined;
}
