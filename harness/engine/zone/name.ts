/**
 * Domain names in the canonical presentation form of `Name`: what `labelsToName` gives. Everything else here relies on it.
 * @module
 */
import { decimalEscape, octetsOf } from './octets.ts';
import type { Name } from './record.ts';

/** A text that is no domain name. */
export class InvalidNameError extends Error {
  override readonly name = 'InvalidNameError';
}

/**
 * The name that `text` stands for: `@` is the origin, a name without a trailing dot is relative to it (RFC 1035 section 5.1).
 * @throws {InvalidNameError} for an empty label, a label above 63 octets, a name above 255 octets in wire form (RFC 1035
 * section 2.3.4), or a bad escape.
 */
export function absoluteName(text: string, origin: Name): Name {
  if (text === '@') return origin;
  if (text === '.') return text;
  const name = text.endsWith('.') ? text : text + suffixOf(origin);
  return name.length < 255 && PLAIN_NAME.test(name) ? name : carefulName(text, origin);
}

/** What a relative name needs to be absolute: `.example.org.`, or `.` at the root. */
export function suffixOf(origin: Name): string {
  return origin === '.' ? '.' : `.${origin}`;
}

/** Is `name` the same as `parent` or below it? */
export function isSubdomain(name: Name, parent: Name): boolean {
  if (parent === '.' || name === parent) return true;
  if (!name.endsWith(`.${parent}`)) return false;
  return (
    !name.includes('\\') ||
    labelsOf(name)
      .join('\n')
      .endsWith(`\n${labelsOf(parent).join('\n')}`)
  );
}

/** The name without its first label; the root is its own parent. */
export function parentOf(name: Name): Name {
  const first = name.includes('\\') ? (labelsOf(name)[0] ?? '').length : name.indexOf('.');
  return name.length <= first + 1 ? '.' : name.slice(first + 1);
}

/** What there is of the name itself, or else of the closest name above it. */
export function closestOf<Found>(
  name: Name,
  known: { get(name: Name): Found | undefined },
): Found | undefined {
  for (let above = name; ; above = parentOf(above)) {
    const found = known.get(above);
    if (found !== undefined || above === '.') return found;
  }
}

/** Labels in presentation form, leftmost first; none for the root. */
export function labelsOf(name: Name): string[] {
  if (name === '.') return [];
  return piecesOf(name.slice(0, -1));
}

/** Canonical order of names: by label from the right, octet by octet (RFC 4034 section 6.1). */
export function compareNames(one: Name, other: Name): number {
  return compareKeys(sortKey(one), sortKey(other));
}

/** Octets of the labels, rightmost first: sort many names by these instead of by `compareNames`. */
export function sortKey(name: Name): readonly Buffer[] {
  return labelOctets(name).reverse();
}

export function compareKeys(one: readonly Buffer[], other: readonly Buffer[]): number {
  for (const [index, label] of one.entries()) {
    const against = other[index];
    if (against === undefined) return 1;
    const order = Buffer.compare(label, against);
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

/** Wire form without compression (RFC 1035 section 3.1). */
export function nameToWire(name: Name): Buffer {
  return Buffer.concat([
    ...labelOctets(name).flatMap(label => [Buffer.of(label.length), label]),
    Buffer.of(0),
  ]);
}

/**
 * The name made of these labels, as they came off the wire: ASCII letters lower-cased (RFC 4343), `\.` and `\\`, and `\DDD`
 * for everything that a master file would not read as part of a name.
 * @throws {InvalidNameError} as `absoluteName` does.
 */
export function labelsToName(labels: readonly Buffer[]): Name {
  let name = '';
  let octets = 1;
  for (const label of labels) {
    if (label.length === 0)
      throw new InvalidNameError('Cannot use domain name, no label may be empty: two dots in a row');
    if (label.length > 63)
      throw new InvalidNameError(`Cannot use domain name, a label is at most 63 octets: ${label.length}`);
    octets += label.length + 1;
    name += `${label.toString('latin1').replace(SPECIAL, escapeInName)}.`;
  }
  if (octets > 255)
    throw new InvalidNameError(`Cannot use domain name, it is at most 255 octets on the wire: ${octets}`);
  return name === '' ? '.' : name.toLowerCase();
}

function carefulName(text: string, origin: Name): Name {
  const pieces = piecesOf(text);
  const relative = pieces.at(-1) !== '';
  if (!relative) pieces.pop();
  const labels = pieces.map(piece => octetsOf(piece));
  if (text === '' || !labels.every(label => label !== undefined))
    throw new InvalidNameError(
      `Cannot use domain name, labels and whole escapes are needed: ${JSON.stringify(text)}`,
    );
  return labelsToName(relative ? [...labels, ...labelOctets(origin)] : labels);
}

function piecesOf(text: string): string[] {
  return text.includes('\\') ? text.split(UNESCAPED_DOT) : text.split('.');
}

function labelOctets(name: Name): Buffer[] {
  return labelsOf(name).map(label => octetsOf(label) ?? Buffer.alloc(0));
}

function escapeInName(character: string): string {
  return character === '.' || character === '\\' ? `\\${character}` : decimalEscape(character);
}

/** Absolute, nothing escaped, lower-case: already canonical, so one native test replaces a walk over the characters. */
const PLAIN_NAME = /^(?:[a-z0-9_*/+=-]{1,63}\.)+$/;
/** What a label does not hold as it is. */
const SPECIAL = /[^!-~]|["$().;@\\]/g;
/** A dot after an even number of backslashes. */
const UNESCAPED_DOT = /(?<=(?<!\\)(?:\\\\)*)\./;
