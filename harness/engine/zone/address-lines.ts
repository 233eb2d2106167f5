import type { ContentBuilder } from './content-builder.ts';
import type { EntryContext } from './entry-context.ts';
import { intern } from './intern.ts';

/**
 * Takes as many lines as it can, from `offset` on, of the commonest form: one label, a TTL, IN, A, an address. Gives the
 * offset of the first line of another form, which `takeSimpleLines` or the scanner reads; they read these lines too, and
 * the same. Most zones are made of such lines, and this loop takes half the time of the general one in V8's interpreter,
 * where every step between two native calls counts.
 */
export function takeAddressLines(
  text: string,
  offset: number,
  context: EntryContext,
  builder: ContentBuilder,
): number {
  const { origin, suffix, ttlByDirective } = context;
  const { names } = builder;
  // Below 64 characters no label of the name can be too long; and only names right below the origin need no second look.
  const longest = 63 - suffix.length;
  if (origin !== builder.origin || longest < 1) return offset;
  let end = offset;
  let name = context.owner;
  let ttl = context.ttl;
  LINE.lastIndex = offset;
  for (;;) {
    const line = LINE.exec(text);
    if (line === null) break;
    const label = line[1] ?? '';
    if (label.length > longest) break;
    name = intern(label + suffix);
    // A sign, because a call of `Number` takes as long as the rest of the record.
    const own = +(line[2] ?? 0);
    if (!ttlByDirective) ttl = own;
    const record = { name, type: 'A', ttl: own, data: line[3] ?? '' };
    // What `addChild` does for the first record of a name, without the call.
    if (names.has(name)) builder.addChild(record);
    else names.set(name, record);
    end = LINE.lastIndex;
  }
  context.owner = name;
  context.ttl = ttl;
  return end;
}

/** Label (1), TTL (2), address (3). */
const LINE =
  /([a-z\d_-]+)[ \t]+(\d{1,9})[ \t]+IN[ \t]+A[ \t]+((?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))[ \t\r]*(?:\n|$)/y;
