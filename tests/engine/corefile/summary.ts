import type { ServerBlock } from '../../../harness/engine/corefile/parser.ts';

/** One line per block: its keys, then the words of each directive: `a.org b.org: log | errors x`. */
export function summaryOf(blocks: readonly ServerBlock[]): string {
  return blocks.map(summaryOfBlock).join('\n');
}

function summaryOfBlock({ keys, directives }: ServerBlock): string {
  const words = [...directives.values()].map(tokens => tokens.map(token => token.text).join(' '));
  return `${keys.join(' ')}: ${words.join(' | ')}`;
}
