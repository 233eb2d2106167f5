import { readFileSync } from 'node:fs';
import { isSoa, type ZoneContent } from './content.ts';
import { ContentBuilder } from './content-builder.ts';
import { initialContext, type Load, type OpenFile, setOrigin } from './entry-context.ts';
import { readHeader } from './entry-header.ts';
import { MAX_GENERATED, openGenerated } from './generate.ts';
import { MAX_INCLUDES, openInclude } from './include.ts';
import { Fields } from './rdata/fields.ts';
import { parseName } from './rdata/names.ts';
import { readData } from './rdata/read.ts';
import type { Name } from './record.ts';
import { type Entry, scanEntry } from './scan.ts';
import { takeSimpleLines } from './simple-line.ts';
import { parseTtl } from './ttl.ts';
import { isMetaType, typeNumber } from './types.ts';
import { ZoneFileError } from './zone-file-error.ts';

export { ZoneFileError } from './zone-file-error.ts';

export interface ParseZoneInput {
  /** Decoded as UTF-8; octets that are none must be written `\DDD` in the file. */
  readonly text: string;
  readonly origin: Name;
  /** For messages, and for the folder that `$INCLUDE` is relative to. */
  readonly path: string;
  /** Serial of the zone in service: when the first SOA has the same, the rest is not read. */
  readonly expectSerial?: number;
  /** Reads included files; by default from disk. */
  readonly readFile?: (path: string) => string;
}

/**
 * Parses a master file (RFC 1035 section 5, RFC 2308 section 4, RFC 3597 section 5) by CoreDNS's rules. Records of classes
 * other than IN are checked and left out: the engine serves no other class. `unchanged`: see `expectSerial`; any other serial
 * counts as new, a lower one too.
 * @throws {ZoneFileError} for anything malformed, for NSEC3, for a file without a SOA, and for the serial 0, with which
 * CoreDNS never loads a zone.
 */
export function parseMasterFile(input: ParseZoneInput): ZoneContent | 'unchanged' {
  const load: Load = {
    builder: new ContentBuilder(input.origin),
    readFile: input.readFile ?? (path => readFileSync(path, 'utf8')),
    expectSerial: input.expectSerial,
    serialSeen: false,
    includesLeft: MAX_INCLUDES,
    generatedLeft: MAX_GENERATED,
  };
  const source = { path: input.path, text: input.text };
  const outcome = readFile({ source, context: initialContext(input.origin), load, depth: 0 });
  if (outcome === 'unchanged') return outcome;
  const content = load.builder.finish();
  if (content !== undefined) return content;
  throw new ZoneFileError(
    `file ${JSON.stringify(input.path)} has no SOA record for origin ${input.origin}`,
    input.path,
    1,
  );
}

type Outcome = 'read' | 'unchanged';

function readFile(file: OpenFile): Outcome {
  const { source, context, load } = file;
  let offset = 0;
  while (offset < source.text.length) {
    offset = takeSimpleLines(source.text, offset, context, load.builder);
    if (offset >= source.text.length) break;
    const entry = scanEntry(source, offset);
    if (entry.tokens.length > 0 && readEntry(file, entry) === 'unchanged') return 'unchanged';
    offset = entry.end;
  }
  return 'read';
}

function readEntry(file: OpenFile, entry: Entry): Outcome {
  const fields = new Fields(file.source, file.context.origin, entry.tokens);
  const first = fields.peek();
  if (!entry.indented && first?.text.startsWith('$') && !first.quoted)
    return readDirective(file, fields, first.offset);
  return readRecord(file, fields, entry.indented);
}

function readDirective(file: OpenFile, fields: Fields, offset: number): Outcome {
  if (file.source.madeBy !== undefined) throw fields.error('directive made by $GENERATE', 0);
  switch (fields.word()?.toUpperCase() ?? '') {
    case '$TTL':
      readTtl(file, fields);
      return 'read';
    case '$ORIGIN':
      readOrigin(file, fields);
      return 'read';
    case '$INCLUDE':
      return readFile(openInclude(file, fields));
    case '$GENERATE':
      return readFile(openGenerated(file, fields, offset));
    default:
      throw fields.error('unknown directive', 0);
  }
}

function readTtl(file: OpenFile, fields: Fields): void {
  const ttl = parseTtl(fields.word() ?? '');
  if (ttl === undefined) throw fields.error('expecting $TTL value, not this...', 1);
  expectEnd(fields);
  file.context.ttl = ttl;
  file.context.ttlByDirective = true;
}

function readOrigin(file: OpenFile, fields: Fields): void {
  const word = fields.word();
  if (word === undefined) throw fields.error('expecting $ORIGIN value, not this...', 1);
  const origin = parseName(word, fields.origin);
  if (origin === undefined) throw fields.error('bad origin name', 1);
  expectEnd(fields);
  setOrigin(file.context, origin);
}

function expectEnd(fields: Fields): void {
  if (fields.peek() !== undefined) throw fields.error('garbage after directive');
}

function readRecord(file: OpenFile, fields: Fields, indented: boolean): Outcome {
  const { context, load } = file;
  const { owner: name, ttl, type, isInternet } = readHeader(fields, indented, context);
  const position = fields.position - 1;
  if (isMetaType(typeNumber(type))) throw fields.error('type is not allowed in a zone', position);
  if (type === 'NSEC3' || type === 'NSEC3PARAM') throw fields.error('NSEC3 zone is not supported', position);
  const data = readData(type, fields);
  if (!isInternet) return 'read';
  const record = { name, type, ttl, data };
  if (isSoa(record) && !load.serialSeen) {
    load.serialSeen = true;
    const { serial } = record.data;
    if (serial === load.expectSerial) return 'unchanged';
    if (serial === 0) throw serialZero(file, fields, position);
  }
  load.builder.add(record);
  return 'read';
}

function serialZero({ source, load }: OpenFile, fields: Fields, position: number): ZoneFileError {
  const { line } = fields.error('SOA serial 0', position);
  const { origin } = load.builder;
  const problem = `no change in SOA serial for origin ${origin} in file ${source.path}, with 0 SOA serial`;
  return new ZoneFileError(problem, source.path, line);
}
