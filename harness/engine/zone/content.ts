import { compareKeys, isSubdomain, sortKey } from './name.ts';
import type { Name, RecordType, ResourceRecord, SoaData } from './record.ts';

/** What a name owns: most names own one record, and that needs no list around it. */
export type Node = ResourceRecord | readonly ResourceRecord[];

export interface SoaRecord extends ResourceRecord {
  readonly type: 'SOA';
  readonly data: SoaData;
}

export function isSoa(record: ResourceRecord): record is SoaRecord {
  return record.type === 'SOA';
}

/** A name that owns an NSEC record, with its place in canonical order. */
export interface DenialOwner {
  readonly name: Name;
  readonly key: readonly Buffer[];
}

/**
 * Everything one load of a zone gave; immutable, and swapped whole when the zone is reloaded. Lookups skip the steps that the
 * flags rule out.
 */
export class ZoneContent {
  readonly origin: Name;
  readonly soa: SoaRecord;
  /** The SOA as negative answers carry it: its TTL is at most its minimum field (RFC 2308 section 3). */
  readonly negativeSoa: SoaRecord;
  /** NS records of the apex. */
  readonly nameServers: readonly ResourceRecord[];
  /** Every owner with its records; SOA and NS of the apex are kept apart from them. */
  readonly names: ReadonlyMap<Name, Node>;
  /** Names that own nothing but have names below them (RFC 4592 section 2.2.2). */
  readonly emptyNonTerminals: ReadonlySet<Name>;
  readonly hasWildcards: boolean;
  /** There are DNAME records, or NS records below the apex. */
  readonly hasCuts: boolean;
  #denialOwners: readonly DenialOwner[] | undefined;

  constructor(input: ContentInput) {
    this.origin = input.origin;
    this.soa = input.soa;
    const ttl = Math.min(input.soa.ttl, input.soa.data.minimum);
    this.negativeSoa = ttl === input.soa.ttl ? input.soa : { ...input.soa, ttl };
    this.nameServers = input.nameServers;
    this.names = input.names;
    this.emptyNonTerminals = input.emptyNonTerminals;
    this.hasWildcards = input.hasWildcards;
    this.hasCuts = input.hasCuts;
  }

  get serial(): number {
    return this.soa.data.serial;
  }

  /** Records of one name and type, in the order of the file; SOA and NS of the apex are not among them. */
  records(name: Name, type: RecordType): readonly ResourceRecord[] {
    const node = this.names.get(name);
    return node === undefined ? NONE : ofType(node, type);
  }

  /** Does the name exist: as an owner, as an empty non-terminal, or as the apex? */
  has(name: Name): boolean {
    return this.names.has(name) || name === this.origin || this.emptyNonTerminals.has(name);
  }

  /** Owners of NSEC records in canonical order; sorted when first asked for, unsigned zones never pay for it. */
  get denialOwners(): readonly DenialOwner[] {
    this.#denialOwners ??= [...this.names]
      .filter(([name, node]) => ofType(node, 'NSEC').length > 0 && isSubdomain(name, this.origin))
      .map(([name]) => ({ name, key: sortKey(name) }))
      .sort((one, other) => compareKeys(one.key, other.key));
    return this.#denialOwners;
  }
}

export interface ContentInput {
  readonly origin: Name;
  readonly soa: SoaRecord;
  readonly nameServers: readonly ResourceRecord[];
  readonly names: ReadonlyMap<Name, Node>;
  readonly emptyNonTerminals: ReadonlySet<Name>;
  readonly hasWildcards: boolean;
  readonly hasCuts: boolean;
}

/** The records of a node that have this type. */
export function ofType(node: Node, type: RecordType): readonly ResourceRecord[] {
  if (isList(node)) return node.filter(record => record.type === type);
  return node.type === type ? [node] : NONE;
}

const NONE: readonly ResourceRecord[] = [];

/** `Array.isArray` does not narrow a read-only array. */
function isList(node: Node): node is readonly ResourceRecord[] {
  return Array.isArray(node);
}
