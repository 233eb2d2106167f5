/** Functions, read off a text that has no comments, texts or patterns of its own. */

/** Pattern of what a function or variable may be called. */
export const NAME = '[A-Za-z_$][\\w$]*';
/** What follows the bracket that closes parameters; of a call something else does. */
const BODY = /^\)\s*(?::[^{};=]*)?(=>\s*\{?|\{)/;
/** What goes on with the expression of the line before. */
const GOES_ON = /^\s*[.?:&|+\-*/%=<>,)\]}[(]/;
/** What the next line goes on from. */
const IS_OPEN = /(?:^|[.?:&|+\-*/%=<>,([{])\s*$/;

interface FunctionText {
  readonly parameters: readonly string[];
  readonly body: string;
}

/** The function whose parameters a text begins with, after their bracket; undefined where it is a call. */
export function functionOf(text: string): FunctionText | undefined {
  const list = untilClosed(text);
  const [ending, sign] = BODY.exec(text.slice(list.length)) ?? [];
  if (ending === undefined || sign === undefined) return undefined;
  const body = text.slice(list.length + ending.length);
  return {
    parameters: topLevel(list).map(one => new RegExp(`^\\s*(${NAME})`).exec(one)?.[1] ?? ''),
    body: sign.endsWith('{') ? untilClosed(body) : untilEnd(body),
  };
}

/** Up to the bracket that closes what a text is in. */
export function untilClosed(text: string): string {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if ('([{'.includes(text[index] as string)) depth++;
    if (')]}'.includes(text[index] as string) && depth-- === 0) return text.slice(0, index);
  }
  return text;
}

/** Up to the end of the expression that a text begins with. */
function untilEnd(text: string): string {
  const whole = untilClosed(text);
  let depth = 0;
  for (let index = 0; index < whole.length; index++) {
    const sign = whole[index] as string;
    if ('([{'.includes(sign)) depth++;
    if (')]}'.includes(sign)) depth--;
    const isEnd = ';,'.includes(sign) || (sign === '\n' && isLast(whole, index));
    if (depth === 0 && isEnd) return whole.slice(0, index);
  }
  return whole;
}

/** In characters: of a line so much is looked at. */
const LOOKED_AT = 80;

function isLast(text: string, lineEnd: number): boolean {
  const before = text.slice(Math.max(0, lineEnd - LOOKED_AT), lineEnd);
  return !IS_OPEN.test(before) && !GOES_ON.test(text.slice(lineEnd + 1, lineEnd + LOOKED_AT));
}

/** Of a list its parts, by the commas that are in no brackets. */
function topLevel(list: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [sign] of list.matchAll(/=>|[\s\S]/g)) {
    if (depth === 0 && sign === ',') parts.push('');
    else parts[parts.length - 1] += sign;
    if ('([{<'.includes(sign)) depth++;
    if (')]}>'.includes(sign)) depth--;
  }
  return parts;
}
