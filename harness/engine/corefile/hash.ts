import { createHash } from 'node:crypto';
import type { Token } from './lexer.ts';
import type { ServerBlock } from './parser.ts';

/**
 * What `reload` compares: SHA-512, in hexadecimal, of the parsed blocks as JSON (CoreDNS PR 5226; imports are expanded since
 * PR 3068). Line numbers and values from the environment count; the text of comments, snippets that nobody imports, and
 * the content of files named by arguments do not.
 */
export function hashBlocks(blocks: readonly ServerBlock[]): string {
  return createHash('sha512')
    .update(JSON.stringify(blocks.map(hashedBlock)))
    .digest('hex');
}

function hashedBlock({ keys, directives }: ServerBlock) {
  const names = [...directives.keys()].sort();
  return {
    Keys: keys,
    Tokens: Object.fromEntries(names.map(name => [name, directives.get(name)?.map(hashedToken)])),
  };
}

function hashedToken({ file, line, text }: Token) {
  return { File: file, Line: line, Text: text };
}
