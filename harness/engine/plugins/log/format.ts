import { isIPv6 } from 'node:net';
import type { Query, Reply } from '../../plugin.ts';

/** One query and what became of it. */
interface Entry {
  readonly query: Query;
  readonly reply: Reply;
  /** Milliseconds between the query's arrival at `log` and its reply. */
  readonly duration: number;
}

export type Format = (entry: Entry) => string;

/**
 * Compiles a format with `{placeholders}`; `{common}` and `{combined}` alone stand for CoreDNS's formats of that name.
 * @throws {Error} for a placeholder that does not exist; CoreDNS would print it as it stands.
 */
export function compileFormat(text: string): Format {
  const parts = (SHORTCUTS[text] ?? text).split(/(\{[^{}]*\})/).map(compilePart);
  return entry => parts.map(part => part(entry)).join('');
}

const COMMON =
  '{remote}:{port} - {>id} "{type} {class} {name} {proto} {size} {>do} {>bufsize}" {rcode} {>rflags} {rsize} {duration}';
const SHORTCUTS: { readonly [text: string]: string } = {
  '{common}': COMMON,
  '{combined}': `${COMMON} "{>opcode}"`,
};

function compilePart(part: string): Format {
  if (!/^\{.*\}$/.test(part)) return () => part;
  const placeholder = PLACEHOLDERS[part];
  if (placeholder === undefined) throw new Error(`unknown placeholder '${part}'`);
  return placeholder;
}

/** Some values exist only in the packet, which handlers never see; they print as CoreDNS's mark for "no value". */
const absent: Format = () => '-';

const PLACEHOLDERS: { readonly [placeholder: string]: Format } = {
  '{type}': ({ query }) => query.type,
  '{class}': ({ query }) => query.class,
  '{name}': ({ query }) => query.name,
  '{proto}': ({ query }) => query.transport,
  '{remote}': ({ query }) => bracketed(query.client.address),
  '{port}': ({ query }) => String(query.client.port),
  '{rcode}': ({ reply }) => reply.rcode,
  '{duration}': ({ duration }) => `${(duration / 1000).toFixed(9)}s`,
  '{>do}': ({ query }) => String(query.dnssecOk),
  '{>rflags}': ({ reply }) => (reply.authoritative ? 'qr,aa' : 'qr'),
  '{>opcode}': () => '0',
  '{>id}': absent,
  '{>bufsize}': absent,
  '{size}': absent,
  '{rsize}': absent,
  '{local}': absent,
};

function bracketed(address: string): string {
  return isIPv6(address) ? `[${address}]` : address;
}
