import type { ZoneContent } from './content.ts';
import { compareKeys, sortKey } from './name.ts';
import type { Name, ResourceRecord } from './record.ts';
import { withSignatures } from './signatures.ts';

/** NSEC record of a name itself, signed: it lists the types the name has (RFC 4035 section 3.1.3.1). */
export function nsecAt(content: ZoneContent, name: Name): readonly ResourceRecord[] {
  return withSignatures(content, content.records(name, 'NSEC'), true);
}

/** NSEC records, signed, that prove for each of these names that it does not exist; each record once. */
export function nsecCovering(content: ZoneContent, ...names: readonly Name[]): readonly ResourceRecord[] {
  const owners = names.map(name => predecessor(content, name)).filter(owner => owner !== undefined);
  return [...new Set(owners)].flatMap(owner => nsecAt(content, owner));
}

/** The last owner of an NSEC record that does not come after the name in canonical order (RFC 4034 section 6.1). */
function predecessor(content: ZoneContent, name: Name): Name | undefined {
  const owners = content.denialOwners;
  const key = sortKey(name);
  let low = 0;
  let high = owners.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const owner = owners[middle];
    if (owner !== undefined && compareKeys(owner.key, key) <= 0) low = middle + 1;
    else high = middle;
  }
  return owners[low - 1]?.name;
}
