/**
 * Milliseconds of a Go duration: numbers with a unit, one after the other, with an optional sign (`1h30m`, `1.5s`, `500ms`,
 * `-2m`), or a bare `0`. Exact to the nanosecond; what lies below is cut off.
 * @throws {SyntaxError} if it is no duration.
 * @throws {RangeError} if it does not fit into 64 bits of nanoseconds (about 292 years), Go's limit.
 */
export function parseDuration(text: string): number {
  const [, sign, magnitude = ''] = /^([+-]?)([\s\S]*)$/.exec(text) ?? [];
  if (magnitude === '0') return 0;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)[^\d.]*)+$/.test(magnitude)) {
    throw new SyntaxError(
      `Cannot parse duration, numbers with units as in 1h30m are needed: ${JSON.stringify(text)}`,
    );
  }
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of magnitude.matchAll(/(\d*)\.?(\d*)([^\d.]*)/g)) {
    if (whole + fraction !== '') total += nanosecondsOf(whole, fraction, unitOf(unit, text));
  }
  const signed = sign === '-' ? -total : total;
  if (BigInt.asIntN(64, signed) !== signed) {
    throw new RangeError(
      `Cannot use duration, at most 2562047h47m16.854775807s fit: ${JSON.stringify(text)}`,
    );
  }
  return Number(signed) / NANOSECONDS_PER_MILLISECOND;
}

/** Go's way of writing a duration: `1h0m0s`, `22.5s`, `1.5ms`, `0s`; rounded to the nanosecond. */
export function formatDuration(milliseconds: number): string {
  const nanoseconds = Math.round(Math.abs(milliseconds) * NANOSECONDS_PER_MILLISECOND);
  const sign = milliseconds < 0 && nanoseconds > 0 ? '-' : '';
  if (nanoseconds === 0) return '0s';
  if (nanoseconds < 1e3) return `${sign}${nanoseconds}ns`;
  if (nanoseconds < 1e6) return `${sign}${nanoseconds / 1e3}µs`;
  if (nanoseconds < 1e9) return `${sign}${nanoseconds / 1e6}ms`;
  return sign + hoursMinutesSeconds(BigInt(nanoseconds));
}

function nanosecondsOf(whole: string, fraction: string, unit: number): bigint {
  const digits = fraction.slice(0, 15);
  return BigInt(whole) * BigInt(unit) + BigInt(Math.trunc(Number(digits) * (unit / 10 ** digits.length)));
}

function unitOf(unit: string, text: string): number {
  const nanoseconds = UNITS.get(unit);
  if (nanoseconds !== undefined) return nanoseconds;
  const problem = unit === '' ? 'a unit is missing' : `there is no unit ${JSON.stringify(unit)}`;
  throw new SyntaxError(
    `Cannot parse duration, ${problem}, only h, m, s, ms, us and ns: ${JSON.stringify(text)}`,
  );
}

function hoursMinutesSeconds(nanoseconds: bigint): string {
  const minutes = nanoseconds / NANOSECONDS_PER_MINUTE;
  const seconds = `${Number(nanoseconds % NANOSECONDS_PER_MINUTE) / 1e9}s`;
  if (minutes === 0n) return seconds;
  return minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

const NANOSECONDS_PER_MILLISECOND = 1e6;
const NANOSECONDS_PER_MINUTE = 60_000_000_000n;
/** Nanoseconds of each unit; the two spellings of micro are U+00B5 and U+03BC. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['\u00b5s', 1e3],
  ['\u03bcs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
]);
