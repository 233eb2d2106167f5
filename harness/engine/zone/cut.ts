import { ofType, type ZoneContent } from './content.ts';
import { parentOf } from './name.ts';
import type { Name, RecordType, ResourceRecord } from './record.ts';

/** Where a zone's own data ends above a name: its subtree is delegated, or redirected by a DNAME. */
export type Cut =
  | { readonly kind: 'delegation'; readonly servers: readonly ResourceRecord[] }
  | { readonly kind: 'redirection'; readonly dname: ResourceRecord };

/**
 * The topmost cut that governs a name. A DNAME governs what is below its owner (RFC 6672 section 2.3); NS records their owner
 * too, but for DS, which belongs to the parent (RFC 4035 section 3.1.4.1).
 */
export function findCut(content: ZoneContent, name: Name, type: RecordType): Cut | undefined {
  for (const owner of fromApexTo(name, content.origin)) {
    const node = content.names.get(owner);
    if (node === undefined) continue;
    const [dname] = ofType(node, 'DNAME');
    if (dname !== undefined && owner !== name) return { kind: 'redirection', dname };
    const servers = ofType(node, 'NS');
    if (servers.length > 0 && !(owner === name && type === 'DS')) return { kind: 'delegation', servers };
  }
  return undefined;
}

function fromApexTo(name: Name, origin: Name): readonly Name[] {
  const path = [name];
  for (let owner = name; owner !== origin && owner !== '.'; ) {
    owner = parentOf(owner);
    path.push(owner);
  }
  return path.reverse();
}
