import { isOfProgram, type SourcePosition } from '../../model.ts';
import { edgesNamed } from '../../snapshot/edges.ts';
import { pathOfRun } from '../source-position.ts';
import type { Analysis } from './analysis.ts';
import { NodeNames } from './node-names.ts';
import type { CodeFile } from './source-lines.ts';
import type { Hop } from './way-on.ts';

/** Where the program may put something at the end of a way. */
export interface WayFiles {
  /** The likeliest first: the file of the class that has what is there, and of those that this extends. */
  readonly files: readonly CodeFile[];
  /** As likely as the first of them: that of a WeakMap on the way. */
  readonly others: readonly CodeFile[];
}

/** Of the nodes of a way, the files of the last that has any; none where these are not of the program. */
export function filesOfWay(analysis: Analysis): (hops: readonly Hop[]) => WayFiles {
  const { positions, own, variables, weakMapOf } = analysis;
  const names = new NodeNames(analysis);
  const classesOf = classesOfInstance(analysis);
  const codeFile = (at: SourcePosition) => codeFileOf(at, analysis);
  const moduleOf = (node: number) =>
    names.moduleFile(variables.of(node)?.module ?? node) ?? (own.isSession(node) ? own.scenario : undefined);
  const positionsOn = (nodes: readonly number[]): SourcePosition[] => {
    for (const node of nodes.toReversed()) {
      if (names.nameOf(node) === 'BuiltinModule') return [];
      const module = moduleOf(node);
      const ofClass = own.isSession(node) || module === undefined ? positions.of(node) : undefined;
      if (ofClass) return [ofClass, ...classesOf(node)];
      if (module !== undefined) return [beginningOf(module)];
    }
    return [];
  };
  return hops => ({
    files: positionsOn(hops.map(({ node }) => node)).flatMap(codeFile),
    others: hops.flatMap(({ edge }) => positionsOn(weakMapOf(edge)?.way ?? []).slice(0, 1)).flatMap(codeFile),
  });
}

/** Of modules that Node's loader has entries for. */
export function filesOfModules(entries: readonly number[], analysis: Analysis): readonly CodeFile[] {
  const names = new NodeNames(analysis);
  return entries
    .flatMap(entry => names.moduleFile(entry) ?? [])
    .flatMap(file => codeFileOf(beginningOf(file), analysis));
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
