import type { ContentBuilder } from './content-builder.ts';
import type { EntryContext } from './entry-context.ts';
import { parseIpv6 } from './rdata/addresses.ts';
import { parseName } from './rdata/names.ts';
import type { Name, RecordData } from './record.ts';

/**
 * Takes as many lines as it can, from `offset` on, that one expression recognises as a whole record: lower-case owner without
 * escapes, class IN or none, an address or a name as data, nothing quoted, no comment. Gives the offset of the first line that
 * needs the scanner, which reads these lines too, and the same. A restart parses every zone anew, and this is where its time
 * goes: in V8's interpreter one native match costs less than looking at three characters.
 *
 * What is taken are slices, and V8's slices of 13 characters or more keep the text of the whole file alive. That is accepted
 * here: the records of such a zone hold most of that text anyway, and are dropped together with it.
 */
export function takeSimpleLines(
  text: string,
  offset: number,
  context: EntryContext,
  builder: ContentBuilder,
): number {
  const { ttlByDirective } = context;
  let { owner, ttl } = context;
  let end = offset;
  LINE.lastIndex = offset;
  for (;;) {
    // Indexed, because destructuring goes through an iterator, which costs more than the match itself.
    const line = LINE.exec(text);
    if (line === null) break;
    const ttlText = line[2] ?? line[3];
    const recordTtl = ttlText === undefined ? ttl : Number(ttlText);
    const ownerText = line[1];
    const name = ownerText === undefined ? owner : ownerOf(ownerText, context);
    if (recordTtl === undefined || name === undefined || name.length > 63) break;
    const type = line[5] ?? 'A';
    const data = line[4] ?? parseValue(type, line[6] ?? '', context.origin);
    if (data === undefined) break;
    if (type === 'NS') builder.add({ name, type, ttl: recordTtl, data });
    else builder.addPlain({ name, type, ttl: recordTtl, data });
    owner = name;
    if (ttlText !== undefined && !ttlByDirective) ttl = recordTtl;
    end = LINE.lastIndex;
  }
  context.owner = owner;
  context.ttl = ttl;
  return end;
}

/** The expression lets nothing but plain labels through; below 64 characters none of them can be too long. */
function ownerOf(text: string, context: EntryContext): Name {
  if (text === '@') return context.origin;
  return text.endsWith('.') ? text : text + context.suffix;
}

function parseValue(type: string, value: string, origin: Name): RecordData | undefined {
  return type === 'AAAA' ? parseIpv6(value) : parseName(value, origin);
}

/** Owner (group 1), TTL before or after the class (2, 3), then an A record's address (4) or another type (5) and its data (6). */
const LINE =
  /([a-z\d_*-]+(?:\.[a-z\d_*-]+)*\.?|@)?[ \t]+(?:(\d{1,9})[ \t]+(?:IN[ \t]+)?|IN[ \t]+(?:(\d{1,9})[ \t]+)?)?(?:A[ \t]+((?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(AAAA|NS|CNAME|PTR)[ \t]+([a-zA-Z\d_.:-]+))[ \t\r]*(?:\n|$)/y;
