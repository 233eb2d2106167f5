import { initialContext, type OpenFile } from './entry-context.ts';
import type { Fields } from './rdata/fields.ts';
import type { Token } from './scan.ts';

/** As in CoreDNS. */
const MAX_STEPS = 65_535;
/** As in CoreDNS, whatever `$TTL` says. */
const DEFAULT_TTL = 3600;
const MAX_NUMBER = 2 ** 31 - 1;
/** Characters that all `$GENERATE`s of one zone may make. */
export const MAX_GENERATED = 2 ** 24;

/**
 * Expands `$GENERATE START-STOP[/STEP] LHS ... RHS` into the text of its entries: `$` is the number, `${OFFSET[,WIDTH[,BASE]]}`
 * the number shifted, padded with zeros and in base d, o, x or X; `$$` and `\$` are a dollar sign.
 * @throws {ZoneFileError} for a bad range or modifier, and where too much would be made.
 */
export function openGenerated(file: OpenFile, fields: Fields, offset: number): OpenFile {
  const { start, stop, step } = readRange(fields);
  const parts = readTemplate(fields, start, stop);
  const lines: string[] = [];
  for (let number = start; number <= stop; number += step) {
    const line = parts.map(part => (typeof part === 'string' ? part : part(number))).join('');
    file.load.generatedLeft -= line.length + 1;
    if (file.load.generatedLeft < 0) throw fields.error(`more than ${MAX_GENERATED} characters generated`);
    lines.push(line);
  }
  const context = { ...initialContext(file.context.origin), ttl: DEFAULT_TTL };
  const source = { path: file.source.path, text: lines.join('\n'), madeBy: { source: file.source, offset } };
  return { ...file, source, context };
}

interface Range {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

function readRange(fields: Fields): Range {
  const { position } = fields;
  const word = fields.word();
  if (word === undefined) throw fields.error('expecting $GENERATE value, not this...', position);
  const [range = '', stepText = '1', ...more] = word.split('/');
  const ends = /^(\d{1,10})-(\d{1,10})$/.exec(range);
  const step = Number(stepText);
  if (!/^\d{1,10}$/.test(stepText) || step === 0 || more.length > 0)
    throw fields.error('bad step in $GENERATE range', position);
  if (ends === null) throw fields.error('bad start-stop in $GENERATE range', position);
  const [start, stop] = [Number(ends[1]), Number(ends[2])];
  if (stop < start || stop > MAX_NUMBER || (stop - start) / step > MAX_STEPS)
    throw fields.error('bad range in $GENERATE range', position);
  return { start, stop, step };
}

type Part = string | ((number: number) => string);

function readTemplate(fields: Fields, start: number, stop: number): readonly Part[] {
  const { position } = fields;
  const template = joinTokens(fields.rest());
  if (template === '') throw fields.error('expecting $GENERATE template, not this...', position);
  const texts = template.match(/\\[\s\S]|\$\$|\$\{[^}]*\}?|\$|[^$\\]+/g) ?? [];
  return texts.map(text => {
    if (text === '$$' || text === '\\$') return '$';
    if (!text.startsWith('$')) return text;
    if (text === '$') return String;
    const modifier = MODIFIER.exec(text);
    if (modifier === null) throw fields.error('bad modifier in $GENERATE', position);
    const [shift, width, base] = [Number(modifier[1]), Number(modifier[2] ?? 0), modifier[3] ?? 'd'];
    if (start + shift < 0 || stop + shift > MAX_NUMBER)
      throw fields.error('bad offset in $GENERATE', position);
    if (width > 255) throw fields.error('bad width in $GENERATE', position);
    return number => format(number + shift, base).padStart(width, '0');
  });
}

/** The tokens as they stood, quotes included, with one blank where white space was. */
function joinTokens(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) {
    const gap = text === '' || token.adjacent ? '' : ' ';
    text += gap + (token.quoted ? `"${token.text}"` : token.text);
  }
  return text;
}

function format(number: number, base: string): string {
  if (base === 'd') return String(number);
  const digits = number.toString(base === 'o' ? 8 : 16);
  return base === 'X' ? digits.toUpperCase() : digits;
}

const MODIFIER = /^\$\{([+-]?\d{1,10})(?:,(\d{1,10})(?:,([doxX]))?)?\}$/;
