import type { EntryContext } from './entry-context.ts';
import type { Fields } from './rdata/fields.ts';
import { parseName } from './rdata/names.ts';
import type { Name, RecordType, Ttl } from './record.ts';
import { parseTtl } from './ttl.ts';
import { findType, typeName } from './types.ts';

/** What stands before the data of a record. */
export interface EntryHeader {
  readonly owner: Name;
  readonly ttl: Ttl;
  /** False for CH and the like. */
  readonly isInternet: boolean;
  readonly type: RecordType;
}

/**
 * Reads `[owner] [TTL] [class] type` or `[owner] [class] [TTL] type`. Without a TTL: that of `$TTL`, else the last explicit
 * one, else 0 if the class is written or the owner is not, as in CoreDNS.
 * @throws {ZoneFileError}
 */
export function readHeader(fields: Fields, indented: boolean, context: EntryContext): EntryHeader {
  const owner = indented ? context.owner : readOwner(fields);
  if (owner === undefined) throw fields.error('missing owner name with no previous value');
  let ttl: Ttl | undefined;
  let rrClass: string | undefined;
  for (;;) {
    const { position } = fields;
    const word = fields.word() ?? '';
    const isClass = CLASS.test(word);
    const type = isClass ? undefined : findType(word);
    if (type !== undefined) {
      context.owner = owner;
      if (ttl !== undefined && !context.ttlByDirective) context.ttl = ttl;
      const known = ttl ?? context.ttl ?? (rrClass !== undefined || indented ? 0 : undefined);
      if (known === undefined) throw fields.error('missing TTL with no previous value', position);
      return {
        owner,
        ttl: known,
        isInternet: rrClass === undefined || INTERNET.test(rrClass),
        type: typeName(type),
      };
    }
    if (word === '' || (isClass ? rrClass : ttl) !== undefined)
      throw fields.error(expectation(ttl !== undefined, rrClass !== undefined), position);
    if (isClass) rrClass = word;
    else {
      ttl = parseTtl(word);
      if (ttl === undefined) throw fields.error('not a TTL', position);
    }
  }
}

function readOwner(fields: Fields): Name {
  const { position } = fields;
  const word = fields.word();
  const owner = word === undefined ? undefined : parseName(word, fields.origin);
  if (owner === undefined) throw fields.error('bad owner name', position);
  return owner;
}

function expectation(hasTtl: boolean, hasClass: boolean): string {
  if (hasTtl && hasClass) return 'unknown RR type';
  if (hasTtl) return 'expecting RR type or class, not this...';
  if (hasClass) return 'expecting RR type or TTL, not this...';
  return 'expecting RR type, TTL or class, not this...';
}

const INTERNET = /^(?:IN|CLASS0*1)$/i;
const CLASS = /^(?:IN|CS|CH|HS|NONE|ANY|CLASS\d{1,5})$/i;
