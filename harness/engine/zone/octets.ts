/**
 * Octets of a piece of master-file text: UTF-8, with `\DDD` for the octet of that decimal value and `\X` for the character
 * itself (RFC 1035 section 5.1). Undefined for a `\` before fewer than three digits, above 255, or at the end.
 */
export function octetsOf(text: string): Buffer | undefined {
  if (!text.includes('\\')) return Buffer.from(text);
  const octets = Buffer.from(text).toString('latin1');
  if (octets.replace(ESCAPE, '').includes('\\')) return undefined;
  const plain = octets.replace(ESCAPE, (_, decimal: string | undefined, character: string) =>
    decimal === undefined ? character : String.fromCharCode(Number(decimal)),
  );
  return Buffer.from(plain, 'latin1');
}

/** A quoted character string that `octetsOf` reads back. */
export function quote(octets: Buffer): string {
  return `"${octets.toString('latin1').replace(/["\\]|[^ -~]/g, escapeInQuotes)}"`;
}

/** `\DDD`. */
export function decimalEscape(character: string): string {
  return `\\${String(character.charCodeAt(0)).padStart(3, '0')}`;
}

function escapeInQuotes(character: string): string {
  return character === '"' || character === '\\' ? `\\${character}` : decimalEscape(character);
}

const ESCAPE = /\\(?:([01]\d\d|2[0-4]\d|25[0-5])|(\D))/g;
