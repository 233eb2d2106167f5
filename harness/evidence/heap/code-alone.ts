import jsTokens, { type Token } from 'js-tokens';

/** In characters: what is larger is a bundle, of which every line would take its time. */
const LARGEST = 2_000_000;
const COMMENTS: ReadonlySet<string> = new Set(['MultiLineComment', 'SingleLineComment']);
const TEMPLATES: ReadonlySet<string> = new Set([
  'NoSubstitutionTemplate',
  'TemplateHead',
  'TemplateMiddle',
  'TemplateTail',
]);

const TEXTS: ReadonlySet<string> = new Set([...TEMPLATES, 'StringLiteral', 'RegularExpressionLiteral']);

/**
 * A source in which comments and the texts of templates of several lines are blank: neither does anything. All that
 * is left keeps its line and column.
 */
export function codeAlone(text: string, file: string): string {
  return blanked(
    text,
    file,
    ({ type, value }) => COMMENTS.has(type) || (TEMPLATES.has(type) && value.includes('\n')),
  );
}

/** The same in which all texts and regular expressions are blank, too. */
export function wordsAlone(text: string, file: string): string {
  return blanked(text, file, ({ type }) => COMMENTS.has(type) || TEXTS.has(type));
}

function blanked(text: string, file: string, isBlank: (token: Token) => boolean): string {
  if (text.length > LARGEST) return text;
  const parts: string[] = [];
  for (const token of jsTokens(text, { jsx: /\.[jt]sx$/.test(file) }))
    parts.push(isBlank(token) ? token.value.replace(/[^\n\r]/g, ' ') : token.value);
  return parts.join('');
}
