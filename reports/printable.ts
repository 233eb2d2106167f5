import { stripVTControlCharacters } from 'node:util';

/**
 * Copy of a report, or of a part of one, whose strings are safe to show: names and messages come from the
 * subject and may hold escape sequences, other control characters, lone surrogates or direction overrides.
 * Everything is put on one line, except the `detail` of a fault and what was `printed` before it; paths keep their
 * blanks, so that they lead to their files.
 */
export function printable<Reported>(report: Reported): Reported {
  return copy(report, '') as Reported;
}

/** One string made safe to show on one line. */
export function printableText(text: string): string {
  return withoutControls(text).replace(/\s+/g, ' ').trim();
}

function copy(value: unknown, key: string): unknown {
  if (typeof value === 'string') {
    if (PATHS.has(key)) return withoutControls(value).replaceAll('\n', ' ');
    return LINES.has(key) ? withoutControls(value) : printableText(value);
  }
  if (Array.isArray(value)) return value.map(item => copy(item, PATH_LISTS.has(key) ? 'path' : key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [printableText(name), copy(item, name)]),
  );
}

const LINES: ReadonlySet<string> = new Set(['detail', 'printed']);
const PATHS: ReadonlySet<string> = new Set(['path', 'scenarioPath', 'file']);
const PATH_LISTS: ReadonlySet<string> = new Set(['snapshots']);

function withoutControls(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\t/g, '  ')
    .replace(/(?!\n)\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, '');
}
