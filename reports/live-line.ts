import { formatBytes, formatNumber, plural } from './format.ts';
import { sparkline } from './sparkline.ts';
import { columnsOf, truncate } from './wrap.ts';

/** How far a running trial is. */
export interface TrialProgress {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  /** All readings. */
  readonly heap: readonly number[];
  readonly slope: string;
  readonly left: string;
}

/**
 * The line of a running trial, as much as fits, the most important first: name, bar, iterations, heap, slope, time left, and
 * the heap's curve.
 * @param progress or, before its first reading, what it does
 */
export function liveLine(name: string, progress: TrialProgress | string, columns: number): string {
  const share = typeof progress === 'string' ? 0 : progress.done / progress.total;
  const head = `${name} ${bar(share, columns < WIDE ? BAR_COLUMNS / 2 : BAR_COLUMNS)}`;
  const line =
    typeof progress === 'string' ? `${head} ${progress}` : fitting(head, progressTexts(progress), columns);
  return truncate(line, columns);
}

const BAR_COLUMNS = 12;
/** Columns of a terminal on which nothing has to be cut short. */
const WIDE = 109;

function bar(share: number, columns: number): string {
  const filled = Math.round(Math.min(1, share) * columns);
  return '█'.repeat(filled) + '░'.repeat(columns - filled);
}

/** The same in full and in short; what has nothing to tell is left out. */
function progressTexts({
  done,
  total,
  unit,
  heap,
  slope,
  left,
}: TrialProgress): readonly (readonly string[])[] {
  const iterations = `${formatNumber(done)}/${formatNumber(total)}`;
  const now = formatBytes(heap.at(-1) ?? 0);
  const full = [
    `${iterations} ${plural(unit)}`,
    now,
    slope === '' ? '' : `${slope} so far`,
    left,
    sparkline(heap, BAR_COLUMNS),
  ];
  const short = [iterations, now, slope, left];
  return [full, short].map(texts => texts.filter(text => text !== ''));
}

/** The first of the texts that fits; else as many of the last one's as do. */
function fitting(head: string, choices: readonly (readonly string[])[], columns: number): string {
  const lines = choices.map(texts => `${head} ${texts.join('  ')}`);
  const whole = lines.find(line => columnsOf(line) <= columns);
  if (whole !== undefined) return whole;
  const texts = [...(choices.at(-1) ?? [])];
  while (texts.length > 1 && columnsOf(`${head} ${texts.join('  ')}`) > columns) texts.pop();
  return `${head} ${texts.join('  ')}`;
}
