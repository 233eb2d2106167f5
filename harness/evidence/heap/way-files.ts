import { isOfProgram, type SourcePosition } from '../../model.ts';
import { edgesNamed } from '../../snapshot/edges.ts';
import { pathOfRun } from '../source-position.ts';
import type { Analysis } from './analysis.ts';
import { NodeNames } from './node-names.ts';
import type { CodeFile } from './source-lines.ts';
import type { Hop } from './way-on.ts';
import { weakMapsOf } from './weak-maps.ts';

/** Where the program may put something at the end of a way. */
export interface WayFiles {
  /** The likeliest first: the file of the class that has what is there, and of those that this extends. */
  readonly files: readonly CodeFile[];
  /** As likely as the first of them: of what a module exports, the modules that import it; of a WeakMap, its own. */
  readonly others: readonly CodeFile[];
}

/** Of the nodes of a way, the files of the last that has any; none where these are not of the program. */
export function filesOfWay(analysis: Analysis): (hops: readonly Hop[]) => WayFiles {
  const { positions, own, variables } = analysis;
  const names = new NodeNames(analysis);
  const classesOf = classesOfInstance(analysis);
  const weakMapOf = weakMapsOf(analysis);
  const codeFile = (at: SourcePosition) => codeFileOf(at, analysis);
  const positionsOn = (nodes: readonly number[]): SourcePosition[] => {
    for (const node of nodes.toReversed()) {
      if (names.nameOf(node) === 'BuiltinModule') return [];
      const module = names.moduleFile(node) ?? (own.isSession(node) ? own.scenario : undefined);
      const ofClass = own.isSession(node) || module === undefined ? positions.of(node) : undefined;
      if (ofClass) return [ofClass, ...classesOf(node)];
      if (module !== undefined) return [beginningOf(module)];
    }
    return [];
  };
  const importersOf = (node: number) =>
    (variables.get(node)?.importers ?? []).flatMap(entry => names.moduleFile(entry) ?? []).map(beginningOf);

  return hops => {
    const nodes = hops.map(({ node }) => node);
    const weak = hops.flatMap(({ edge }) => positionsOn(weakMapOf(edge)?.way ?? []).slice(0, 1));
    return {
      files: positionsOn(nodes).flatMap(codeFile),
      others: [...nodes.flatMap(importersOf), ...weak].flatMap(codeFile),
    };
  };
}

/** Of the program's own code, without the packages that it depends on. */
export function programFiles(analysis: Analysis): readonly CodeFile[] {
  return [...analysis.positions.scripts()]
    .filter(file => file !== '' && isOfProgram({ file }))
    .flatMap(file => codeFileOf(beginningOf(file), analysis));
}

/** None where that is not the program's. */
function codeFileOf(at: SourcePosition, { place }: Analysis): CodeFile[] {
  const source = place(at);
  return source ? [[source.file, pathOfRun(at.file)]] : [];
}

function beginningOf(file: string): SourcePosition {
  return { file, line: 1, column: 1, function: '' };
}

/** More are no program's. */
const MOST_CLASSES = 8;

/** Of an instance, where the classes stand that its own extends, the nearest first. */
function classesOfInstance({ snapshot, positions }: Analysis): (node: number) => SourcePosition[] {
  const follow = edgesNamed(snapshot);
  return node => {
    const found: SourcePosition[] = [];
    const own = follow(node, '__proto__');
    let prototype = own && follow(own, '__proto__');
    for (let depth = 0; prototype !== undefined && depth < MOST_CLASSES; depth++) {
      const made = follow(prototype, 'constructor');
      const at = made && positions.of(made);
      if (at) found.push(at);
      prototype = follow(prototype, '__proto__');
    }
    return found;
  };
}
