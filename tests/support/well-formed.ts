/** The first thing that keeps a text from being well-formed XML 1.0, or undefined: enough for the SVG we write. */
export function xmlFault(text: string): string | undefined {
  const open: string[] = [];
  let end = 0;
  for (const match of text.matchAll(/<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    const between = text.slice(end, match.index);
    const stray = strayMarkup(between) ?? strayMarkup(match[3] ?? '');
    if (stray !== undefined) return stray;
    if (open.length === 0 && between.trim() !== '') return `text outside the root: ${between.trim()}`;
    end = match.index + match[0].length;
    const [, closing, name = '', , empty] = match;
    if (closing === '/' && open.pop() !== name) return `</${name}> closes nothing`;
    if (closing === '' && empty === '') open.push(name);
  }
  if (open.length > 0) return `<${open.at(-1)}> is never closed`;
  return text.slice(end).trim() === '' ? undefined : 'text after the root';
}

function strayMarkup(text: string): string | undefined {
  const stray = /<|&(?!(?:amp|lt|gt|quot|apos);)|[^\P{C}\n]/u.exec(text);
  return stray === null
    ? undefined
    : `stray ${JSON.stringify(stray[0])} in ${JSON.stringify(text.slice(0, 80))}`;
}
