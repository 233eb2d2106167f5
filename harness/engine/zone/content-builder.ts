import { isSoa, type SoaRecord, ZoneContent } from './content.ts';
import { isSubdomain, parentOf } from './name.ts';
import type { Name, ResourceRecord } from './record.ts';

/**
 * Collects the records of a zone by CoreDNS's rules: any SOA becomes the zone's SOA, whatever its owner; NS records of the
 * origin are the apex's; duplicates and names outside the zone are kept.
 */
export class ContentBuilder {
  readonly origin: Name;
  /** Every owner with its records so far. */
  readonly names = new Map<Name, ResourceRecord | ResourceRecord[]>();
  /** Names that may have ancestors of their own below the origin, or be wildcards. */
  readonly #unchecked: Name[] = [];
  readonly #nameServers: ResourceRecord[] = [];
  #soa: SoaRecord | undefined;
  #hasCuts = false;

  constructor(origin: Name) {
    this.origin = origin;
  }

  add(record: ResourceRecord): void {
    if (isSoa(record)) {
      this.#soa = record;
      return;
    }
    if (record.type === 'NS' && record.name === this.origin) {
      this.#nameServers.push(record);
      return;
    }
    if (record.type === 'NS' || record.type === 'DNAME') this.#hasCuts = true;
    this.addPlain(record);
  }

  /** `add` for types that no rule singles out: anything but SOA, NS and DNAME. */
  addPlain(record: ResourceRecord): void {
    this.#unchecked.push(record.name);
    this.addChild(record);
  }

  /** `addPlain` for a name right below the origin that is no wildcard. */
  addChild(record: ResourceRecord): void {
    const node = this.names.get(record.name);
    if (node === undefined) this.names.set(record.name, record);
    else if (Array.isArray(node)) node.push(record);
    else this.names.set(record.name, [node, record]);
  }

  /** Undefined if no SOA was added. */
  finish(): ZoneContent | undefined {
    if (this.#soa === undefined) return undefined;
    const origin = this.origin;
    const emptyNonTerminals = new Set<Name>();
    let hasWildcards = false;
    for (const name of this.#unchecked) {
      if (name.startsWith('*.')) hasWildcards = true;
      if (name.indexOf('.') + origin.length + 1 !== name.length && isSubdomain(name, origin)) {
        hasWildcards = this.#addAncestors(name, emptyNonTerminals) || hasWildcards;
      }
    }
    return new ZoneContent({
      origin,
      soa: this.#soa,
      nameServers: this.#nameServers,
      names: this.names,
      emptyNonTerminals,
      hasWildcards,
      hasCuts: this.#hasCuts,
    });
  }

  /** Adds the ancestors that own nothing, up to one whose own ancestors are seen to; is one of them a wildcard? */
  #addAncestors(name: Name, emptyNonTerminals: Set<Name>): boolean {
    let wildcard = false;
    if (name === this.origin) return wildcard;
    for (let parent = parentOf(name); parent !== this.origin; parent = parentOf(parent)) {
      if (this.names.has(parent) || emptyNonTerminals.has(parent)) break;
      emptyNonTerminals.add(parent);
      wildcard ||= parent.startsWith('*.');
    }
    return wildcard;
  }
}
