import jsTokens from 'js-tokens';

/** In characters: what is larger is a bundle, of which every line would take its time. */
const LARGEST = 2_000_000;
const COMMENTS: ReadonlySet<string> = new Set(['MultiLineComment', 'SingleLineComment']);
const TEMPLATES: ReadonlySet<string> = new Set([
  'NoSubstitutionTemplate',
  'TemplateHead',
  'TemplateMiddle',
  'TemplateTail',
]);

/**
 * A source in which comments and the texts of templates of several lines are blank: neither does anything. All that
 * is left keeps its line and column.
 */
export function codeAlone(text: string, file: string): string {
  if (text.length > LARGEST) return text;
  const blanked: string[] = [];
  for (const { type, value } of jsTokens(text, { jsx: /\.[jt]sx$/.test(file) })) {
    const saysNothing = COMMENTS.has(type) || (TEMPLATES.has(type) && value.includes('\n'));
    blanked.push(saysNothing ? value.replace(/[^\n\r]/g, ' ') : value);
  }
  return blanked.join('');
}
