import { NAME, untilClosed } from './function-text.ts';
import { type LinePlace, offsetOf, type Source, wordsOf } from './source-lines.ts';

/** What has the field that a line names. */
const OWN_FIELD = /\bthis[?!]?\.?$/;

/**
 * Without lines in which an object of another class of the file names a field of its own, which only has the same
 * name. Those of classes that the class extends stay, and all where the file has no such class.
 */
export function withoutOtherClasses(
  places: readonly LinePlace[],
  source: Source,
  className: string,
): LinePlace[] {
  const isOwn = (at: LinePlace) => OWN_FIELD.test(source.lines[at.line - 1]?.slice(0, at.column - 1) ?? '');
  if (!places.some(isOwn)) return [...places];
  const text = wordsOf(source);
  const bodies = classBodies(text);
  const related = relatedTo(className, bodies);
  return places.filter(at => {
    if (!isOwn(at)) return true;
    const offset = offsetOf(at, text);
    const innermost = bodies.findLast(({ from, to }) => from <= offset && offset < to);
    return related.size === 0 || innermost === undefined || related.has(innermost.name);
  });
}

interface ClassBody {
  readonly name: string;
  /** What stands behind `extends`, which may be a call. */
  readonly extended: readonly string[];
  /** Where in the text it begins, and ends. */
  readonly from: number;
  readonly to: number;
}

const HEAD = new RegExp(
  `\\bclass\\b(?: +(?!extends\\b)(${NAME}))?([^{};()]*(?:\\([^{};]*\\)[^{};()]*)?)\\{`,
  'g',
);

/** Of a text without texts of its own; a class within another behind that. */
function classBodies(text: string): ClassBody[] {
  return [...text.matchAll(HEAD)].map(({ 0: head, 1: name = '', 2: behind = '', index }) => {
    const from = index + head.length;
    const to = from + untilClosed(text.slice(from)).length;
    return { name, extended: behind.match(new RegExp(NAME, 'g')) ?? [], from, to };
  });
}

/** A class with those that it extends; empty where it is not there. One without a name may be any of them. */
function relatedTo(className: string, bodies: readonly ClassBody[]): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string) => {
    const declared = bodies.filter(body => body.name === name && name !== '');
    if (declared.length === 0 || found.has(name)) return;
    found.add(name);
    for (const { extended } of declared) extended.forEach(add);
  };
  add(className);
  return found.size === 0 ? found : found.add('');
}
