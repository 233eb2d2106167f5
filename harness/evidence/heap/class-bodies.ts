import { NAME, untilClosed } from './function-text.ts';
import { type LinePlace, offsetOf, type Source, wordsOf } from './source-lines.ts';

/** What stands before a field of the object itself. */
const OF_THIS = /\bthis[?!]?\.?$/;

/**
 * Of lines that name a field all but those by which another class of the file names its own field of that name: the
 * class that has the field hides it where one of the lines is its own, unless its head mentions it, as what it extends.
 */
export function preferringClass(
  places: readonly LinePlace[],
  source: Source,
  className: string,
): LinePlace[] {
  if (places.length < 2) return [...places];
  const text = wordsOf(source);
  const bodies = classBodies(text);
  const found = places.map(at => ({ at, body: innermost(bodies, offsetOf(at, text)) }));
  const own = found.find(({ body }) => body?.name === className)?.body;
  const isOther = ({ at, body }: (typeof found)[number]) =>
    own !== undefined &&
    body !== undefined &&
    !own.head.includes(body.name) &&
    OF_THIS.test(source.lines[at.line - 1]?.slice(0, at.column - 1) ?? '');
  return found.filter(one => !isOther(one)).map(({ at }) => at);
}

interface ClassBody {
  /** Empty where it has none, which may be of any class: of a mixin. */
  readonly name: string;
  /** All words before the body, its name among them, and the empty one. */
  readonly head: readonly string[];
  /** Where in the text it begins, and ends. */
  readonly from: number;
  readonly to: number;
}

const HEAD = new RegExp(`\\bclass\\b(?: +(?!extends\\b)(${NAME}))?([^{};]*)\\{`, 'g');

/** Of a text without texts of its own; a class within another behind that. */
function classBodies(text: string): ClassBody[] {
  return [...text.matchAll(HEAD)].map(({ 0: { length }, 1: name = '', 2: behind = '', index }) => {
    const from = index + length;
    const head = ['', name, ...behind.split(/[^\w$]+/)];
    return { name, head, from, to: from + untilClosed(text.slice(from)).length };
  });
}

function innermost(bodies: readonly ClassBody[], offset: number): ClassBody | undefined {
  return bodies.findLast(({ from, to }) => from <= offset && offset < to);
}
