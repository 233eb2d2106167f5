import { edgesNamed } from './edges.ts';
import type { Snapshot } from './read-snapshot.ts';

/** What a person calls the entry that Node's loader keeps of each module. */
export const ES_MODULE = 'ES module';
/** Its class by its properties. */
export const LOADER_ENTRY = 'Object {javascript}';

/**
 * Of an entry of Node's loader the URL of its module, without the query by which a program makes the loader
 * load it once more; undefined for anything else. Fields as in Node 20 to 26.
 */
export function esModules(snapshot: Snapshot): (node: number) => string | undefined {
  const { strings, names, types, nodeTypes } = snapshot;
  const string = nodeTypes.indexOf('string');
  const follow = edgesNamed(snapshot);
  const nameOf = (node: number) => strings.at(names[node] as number);
  return node => {
    const job = follow(node, 'javascript');
    if (job === undefined || nameOf(job) !== 'ModuleJob') return undefined;
    const url = follow(job, 'url');
    return url === undefined || types[url] !== string ? '' : nameOf(url).replace(/[?#].*$/s, '');
  };
}
