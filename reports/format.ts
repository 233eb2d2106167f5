/**
 * How numbers are written, in one place. At most one decimal above 1, two significant digits below; thousands are
 * parted by commas; kB, MB and GB are powers of 1000.
 * @module
 */
import { format } from 'd3-format';
import type { Bytes, Fraction, Milliseconds } from '../harness/model.ts';

/** `2,037`, `12.3`, `0.025`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && size < 1) return format('.2~r')(value).replace('−', '-');
  return format(size >= 100 ? ',.0f' : ',.1~f')(value).replace('−', '-');
}

/** As `formatNumber`, growth marked by a plus sign: `+10`, `0`, `-3`. */
export function formatSigned(value: number): string {
  return signed(formatNumber(value));
}

/** `1.2 B`, `231 kB`, `470.6 MB`. */
export function formatBytes(value: Bytes): string {
  const scale = byteScale(value);
  return `${tenths(value / scale.size)} ${scale.unit}`;
}

/** As `formatBytes`, growth marked by a plus sign. */
export function formatSignedBytes(value: Bytes): string {
  return signed(formatBytes(value));
}

/** Growth per iteration with its interval, in the growth's own unit: `+231 kB/reload [228, 233]`. */
export function formatByteRate(slope: Bytes, low: Bytes, high: Bytes, per: string): string {
  return formatByteInterval(slope, low, high, `/${per}`);
}

/**
 * Growth with its interval, in the growth's own unit: `+231 kB [228, 233]`.
 * @param after stands behind the unit
 */
export function formatByteInterval(growth: Bytes, low: Bytes, high: Bytes, after = ''): string {
  const { size, unit } = byteScale(growth);
  return `${signed(tenths(growth / size))} ${unit}${after} [${tenths(low / size)}, ${tenths(high / size)}]`;
}

/**
 * Growth of a count per iteration. What is seldom is told as one in so many: `+10 timers/reload`,
 * `+1 timer per 40 reloads`.
 * @param noun plural, as metrics give it
 * @param one its singular; a name is the same in both
 */
export function formatCountRate(slope: number, noun: string, per: string, one = singular(noun)): string {
  if (isSeldom(slope)) return `+1 ${one} ${formatEvery(1 / slope, per)}`;
  return `${formatSigned(slope)} ${formatNumber(Math.abs(slope)) === '1' ? one : noun}/${per}`;
}

/** Share by which a rate may be off that is told as one in a whole number of iterations. */
const ROUNDED = 0.1;

/** Whether growth is told as one in so many iterations: `1 per 3` is not for 0.4. */
export function isSeldom(perIteration: number): boolean {
  const every = Math.round(1 / perIteration);
  return perIteration > 0 && every > 1 && Math.abs(every * perIteration - 1) <= ROUNDED;
}

/** The same for a cell of a table, which needs no noun: `+10`, `+1 per 40`. */
export function formatCountRateShort(slope: number): string {
  return isSeldom(slope)
    ? `+1 per ${formatNumber(Math.round(1 / slope))}`
    : formatSigned(Number(slope.toFixed(3)));
}

/** `per reload`, `per 40 reloads`. */
export function formatEvery(iterations: number, per: string): string {
  const whole = Math.round(iterations);
  return whole <= 1 ? `per ${per}` : `per ${formatCount(whole, per)}`;
}

/**
 * How often a thing is kept of which one comes in so many iterations: `1 object per 80 reloads`, `4 objects per reload`, or
 * without a noun `1 per 80 reloads`.
 * Of less than one iteration as many are told as are enough.
 */
export function formatOften(every: number, per: string, one = '', several = ''): string {
  const count = Math.ceil(1 / every - ROUNDING);
  const [things, often] = count > 1 ? [several, `per ${per}`] : [one, formatEvery(every, per)];
  return [formatNumber(Math.max(1, count)), things, often].filter(text => text !== '').join(' ');
}

/** What a whole number may be off by after it was divided through. */
const ROUNDING = 1e-9;

/** A number with its noun, given in the singular: `1 reload`, `2,037 reloads`, `3 queries`. */
export function formatCount(value: number, noun: string): string {
  return `${formatNumber(value)} ${value === 1 ? noun : plural(noun)}`;
}

/** `38.2 µs`, `812 ms`, `3.4 s`, `2 min 5 s`: the largest unit in which the value, rounded, is at least 1. */
export function formatDuration(value: Milliseconds): string {
  if (value === 0) return '0 ms';
  if (value < 0.000_999_5) return `${tenths(value * 1e6)} ns`;
  if (value < 0.9995) return `${tenths(value * 1e3)} µs`;
  if (value < 999.5) return `${tenths(value)} ms`;
  if (value < 59_950) return `${tenths(value / 1_000)} s`;
  const seconds = Math.round(value / 1_000);
  const minutes = `${formatNumber(Math.floor(seconds / 60))} min`;
  return seconds % 60 === 0 ? minutes : `${minutes} ${seconds % 60} s`;
}

/** `23 %`. */
export function formatShare(value: Fraction): string {
  return `${Math.round(value * 100)} %`;
}

/** `1.04x`, `12.3x`. */
export function formatRatio(value: number): string {
  return `${value < 10 ? value.toFixed(2) : tenths(value)}x`;
}

/** `reload` to `reloads`, `query` to `queries`, `process` to `processes`. */
export function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

/** `timers` to `timer`, `processes` to `process`; names of classes and of units (`Zone`, `DNS`) stay as they are. */
export function singular(noun: string): string {
  if (/^[A-Z][A-Za-z0-9]*$/.test(noun) || !noun.endsWith('s')) return noun;
  if (noun.endsWith('ies')) return `${noun.slice(0, -3)}y`;
  return /(ss|x|z|ch|sh)es$/.test(noun) ? noun.slice(0, -2) : noun.slice(0, -1);
}

function signed(text: string): string {
  return /^[-0]/.test(text) && !/^0\.\d/.test(text) ? text : `+${text}`;
}

const SCALES: readonly { readonly size: number; readonly unit: string }[] = [
  { size: 1e9, unit: 'GB' },
  { size: 1e6, unit: 'MB' },
  { size: 1e3, unit: 'kB' },
];

/** Largest scale in which the value, rounded to tenths, is at least 1. */
function byteScale(value: Bytes): { readonly size: number; readonly unit: string } {
  return SCALES.find(scale => Math.abs(value) >= scale.size * 0.9995) ?? { size: 1, unit: 'B' };
}

function tenths(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = format(Math.abs(value) >= 99.95 ? ',.0f' : ',.1~f')(value).replace('−', '-');
  return text === '-0' ? '0' : text;
}

/** `Nothing grew.` of `nothing grew`. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
