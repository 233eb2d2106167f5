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
  return blanked(text, file, (token, ofLines) => COMMENTS.has(token.type) || ofLines.has(token));
}

/** The same in which all texts and regular expressions are blank, too. */
export function wordsAlone(text: string, file: string): string {
  return blanked(text, file, ({ type }) => COMMENTS.has(type) || TEXTS.has(type));
}

/** All parts of the templates of which one part goes over lines. */
function templatesOfLines(tokens: readonly Token[]): ReadonlySet<Token> {
  const found = new Set<Token>();
  const open: Token[][] = [];
  for (const token of tokens) {
    if (!TEMPLATES.has(token.type)) continue;
    const isFirst = token.type === 'TemplateHead' || token.type === 'NoSubstitutionTemplate';
    const parts = isFirst ? [] : (open.pop() ?? []);
    parts.push(token);
    if (parts.some(({ value }) => value.includes('\n'))) for (const part of parts) found.add(part);
    if (token.type === 'TemplateHead' || token.type === 'TemplateMiddle') open.push(parts);
  }
  return found;
}

type IsBlank = (token: Token, ofLines: ReadonlySet<Token>) => boolean;

function blanked(text: string, file: string, isBlank: IsBlank): string {
  if (text.length > LARGEST) return text;
  const tokens: Token[] = [...jsTokens(text, { jsx: /\.[jt]sx$/.test(file) })];
  const ofLines = templatesOfLines(tokens);
  return tokens
    .map(token => (isBlank(token, ofLines) ? token.value.replace(/[^\n\r]/g, ' ') : token.value))
    .join('');
}
