import { syntaxError } from './error.ts';
import { onSameLine, type Token } from './lexer.ts';
import type { TokenStream } from './token-stream.ts';

/** Is this the key of a snippet? It must be the only key of its block. */
export function isSnippetKey(key: string): boolean {
  return key.length > 1 && key.startsWith('(') && key.endsWith(')');
}

export function snippetName(key: string): string {
  return key.slice(1, -1);
}

/**
 * Takes everything between the braces that follow the key; nothing in it is looked at before it is imported.
 * @throws {CorefileError} if a brace is missing.
 */
export function takeSnippetBody(stream: TokenStream, key: Token): Token[] {
  const body: Token[] = [];
  const open = stream.take();
  if (open?.text !== '{') throw syntaxError(open ?? key, '{');
  let nesting = 1;
  for (let token = stream.take(); token !== undefined; token = stream.take()) {
    if (token.text === '{') nesting++;
    else if (token.text === '}' && --nesting === 0) return body;
    body.push(token);
  }
  throw syntaxError(body.at(-1) ?? open, '}');
}

/** Does the body hold an `import`, at the start of a line, of the snippet itself? */
export function importsItself(body: readonly Token[], isItself: (target: string) => boolean): boolean {
  return body.some((token, index) => {
    const before = body[index - 1];
    const target = body[index + 1];
    const startsLine = before === undefined || !onSameLine(before, token);
    return token.text === 'import' && startsLine && target !== undefined && isItself(target.text);
  });
}
