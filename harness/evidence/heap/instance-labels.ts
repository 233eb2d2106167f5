import { edgesNamed } from '../../snapshot/edges.ts';
import { esModules } from '../../snapshot/es-modules.ts';
import type { Snapshot } from '../../snapshot/read-snapshot.ts';

/** What programs name their objects by; the first that holds a text is taken. */
const LABELS: readonly string[] = ['origin', 'name', 'id', 'label', 'path', 'key'].flatMap(name => [
  name,
  `#${name}`,
]);
const LONGEST_LABEL = 40;

/**
 * What tells an object from others of its class: `"example.org."`, of a module its file; empty where it has
 * no name of its own.
 */
export function labels(snapshot: Snapshot): (node: number) => string {
  const follow = edgesNamed(snapshot);
  const moduleOf = esModules(snapshot);
  const string = snapshot.nodeTypes.indexOf('string');
  return node => {
    const module = moduleOf(node);
    if (module) return quoted(module.startsWith('file:') ? module.replace(/^.*\//, '') : module);
    for (const name of LABELS) {
      const value = follow(node, name);
      if (value === undefined || snapshot.types[value] !== string) continue;
      const text = snapshot.strings.at(snapshot.names[value] as number);
      // Errors are called by their class.
      const isOwn = text !== snapshot.strings.at(snapshot.names[node] as number);
      if (text !== '' && isOwn) return quoted(text);
    }
    return '';
  };
}

function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL)}…` : text);
}
