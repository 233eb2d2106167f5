import { takeAddressLines } from './address-lines.ts';
import type { ContentBuilder } from './content-builder.ts';
import type { EntryContext } from './entry-context.ts';
import { intern } from './intern.ts';
import { parseIpv6 } from './rdata/addresses.ts';
import { parseName } from './rdata/names.ts';
import type { Name, RecordData } from './record.ts';

/**
 * Takes as many lines as it can, from `offset` on, that one expression recognises as a whole record: lower-case owner without
 * escapes, class IN or none, an address or a name as data, nothing quoted, no comment. Gives the offset of the first line that
 * needs the scanner, which reads these lines too, and the same. A restart parses every zone anew, and this is where its time
 * goes: in V8's interpreter one native match costs less than looking at three characters.
 *
 * Addresses that `takeAddressLines` takes are slices, and V8's slices of 13 characters or more keep the text of the whole file
 * alive. That is accepted there: the records of such a zone hold much of that text anyway, and are dropped together with it.
 */
export function takeSimpleLines(
  text: string,
  offset: number,
  context: EntryContext,
  builder: ContentBuilder,
): number {
  let end = offset;
  for (;;) {
    const start = takeAddressLines(text, end, context, builder);
    end = takeLine(text, start, context, builder);
    if (end === start) return end;
  }
}

/** Gives the offset after the line, or `offset` itself if the line is not simple. */
function takeLine(text: string, offset: number, context: EntryContext, builder: ContentBuilder): number {
  LINE.lastIndex = offset;
  // Indexed, because destructuring goes through an iterator, which costs more than the match itself.
  const line = LINE.exec(text);
  if (line === null) return offset;
  const ttlText = line[2] ?? line[3];
  const ttl = ttlText === undefined ? context.ttl : Number(ttlText);
  const ownerText = line[1];
  const name = ownerText === undefined ? context.owner : ownerOf(ownerText, context);
  if (ttl === undefined || name === undefined || name.length > 63) return offset;
  const type = line[5] ?? 'A';
  const address = line[4];
  const data = address === undefined ? parseValue(type, line[6] ?? '', context.origin) : intern(address);
  if (data === undefined) return offset;
  if (type === 'NS') builder.add({ name, type, ttl, data });
  else builder.addPlain({ name, type, ttl, data });
  context.owner = name;
  if (ttlText !== undefined && !context.ttlByDirective) context.ttl = ttl;
  return LINE.lastIndex;
}

/** The expression lets nothing but plain labels through; below 64 characters none of them can be too long. */
function ownerOf(text: string, context: EntryContext): Name {
  if (text === '@') return context.origin;
  return intern(text.endsWith('.') ? text : text + context.suffix);
}

function parseValue(type: string, value: string, origin: Name): RecordData | undefined {
  return type === 'AAAA' ? parseIpv6(value) : parseName(value, origin);
}

/** Owner (group 1), TTL before or after the class (2, 3), then an A record's address (4) or another type (5) and its data (6). */
const LINE =
  /([a-z\d_*-]+(?:\.[a-z\d_*-]+)*\.?|@)?[ \t]+(?:(\d{1,9})[ \t]+(?:IN[ \t]+)?|IN[ \t]+(?:(\d{1,9})[ \t]+)?)?(?:A[ \t]+((?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(AAAA|NS|CNAME|PTR)[ \t]+([a-zA-Z\d_.:-]+))[ \t\r]*(?:\n|$)/y;
