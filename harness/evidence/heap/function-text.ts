/** In lines, of a function with its parameters. */
export const LONGEST_BODY = 100;
/** Of a function that is nothing but an expression, in lines. */
const LONGEST_EXPRESSION = 3;

interface FunctionText {
  readonly parameters: readonly string[];
  readonly body: readonly string[];
}

/** Of lines that begin after the bracket of its parameters; nothing where it is but called. */
export function functionOf(lines: readonly string[]): FunctionText {
  const text = lines.join('\n');
  const list = within(text);
  const [, sign, body = ''] = /^\)\s*(?::[^{};=]*)?(=>\s*\{?|\{)(.*)/s.exec(text.slice(list.length)) ?? [];
  if (sign === undefined) return { parameters: [], body: [] };
  const parameters = topLevel(list).map(one => /^\s*([A-Za-z_$][\w$]*)/.exec(one)?.[1] ?? '');
  const isBlock = sign.endsWith('{');
  return {
    parameters,
    body: isBlock ? within(body).split('\n') : body.split('\n').slice(0, LONGEST_EXPRESSION),
  };
}

/** Up to the bracket that closes what a text is in. */
export function within(text: string): string {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if ('([{'.includes(text[index] as string)) depth++;
    if (')]}'.includes(text[index] as string) && depth-- === 0) return text.slice(0, index);
  }
  return text;
}

/** Of a list its parts, by the commas that are in no brackets. */
function topLevel(list: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of list) {
    if (depth === 0 && sign === ',') parts.push('');
    else parts[parts.length - 1] += sign;
    if ('([{<'.includes(sign)) depth++;
    if (')]}>'.includes(sign)) depth--;
  }
  return parts;
}
