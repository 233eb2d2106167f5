import type { SourcePosition } from '../model.ts';
import { edgesNamed } from './edges.ts';
import type { Snapshot } from './read-snapshot.ts';

/** Where functions, and the constructors of objects, stand in the code that ran. */
export interface Positions {
  /** Undefined for what has none, such as plain objects and what is built in. */
  of(node: number): SourcePosition | undefined;
  /** Tells two places apart; the same in all snapshots of a process, and each time a file is loaded. Empty for none. */
  key(node: number): string;
  /** File or URL of where that is; empty for what has none. */
  file(node: number): string;
  /** File or URL of the code of a function; empty where it is built in. */
  script(closure: number): string;
  /** Of all that has a position. */
  scripts(): Iterable<string>;
}

/** Positions as the snapshot holds them, scripts by their names. */
export function positionsOf(snapshot: Snapshot): Positions {
  const { locations, nodeCount, names, strings, types } = snapshot;
  const { nodes, scripts, lines, columns } = locations;
  const rows = new Int32Array(nodeCount).fill(-1);
  for (let row = 0; row < locations.count; row++) rows[nodes[row] as number] = row;
  const follow = edgesNamed(snapshot);
  const closureType = snapshot.nodeTypes.indexOf('closure');

  const script = (closure: number): string => {
    const shared = follow(closure, 'shared');
    const code = shared && (follow(shared, 'script') ?? follow(shared, 'script_or_debug_info'));
    const name = code && follow(code, 'name');
    return name === undefined ? '' : strings.at(names[name] as number);
  };

  let known: Map<number, string> | undefined;
  const scriptNames = (): ReadonlyMap<number, string> => {
    if (known !== undefined) return known;
    known = new Map();
    for (let row = 0; row < locations.count; row++) {
      const node = nodes[row] as number;
      if (types[node] !== closureType || known.has(scripts[row] as number)) continue;
      known.set(scripts[row] as number, script(node));
    }
    return known;
  };

  const file = (node: number) => {
    const row = rows[node] as number;
    return row < 0 ? '' : (scriptNames().get(scripts[row] as number) ?? '');
  };

  return {
    script,
    scripts: () => new Set(scriptNames().values()),
    file,
    key: node => {
      const row = rows[node] as number;
      const path = file(node);
      return path === '' ? '' : `${path.replace(/\?.*$/, '')}:${lines[row]}:${columns[row]}`;
    },
    of: node => {
      const row = rows[node] as number;
      const path = file(node);
      if (path === '') return undefined;
      const name = strings.at(names[node] as number);
      return {
        file: path,
        line: (lines[row] as number) + 1,
        column: (columns[row] as number) + 1,
        function: name === 'Object' ? '' : name,
      };
    },
  };
}
