import type { Ttl } from './record.ts';

/** Largest TTL (RFC 2181 section 8). */
export const MAX_TTL = 2 ** 31 - 1;

/** Seconds from `3600`, `1h`, `1h30m` or `1d12` (units s, m, h, d, w in any case); undefined for anything else. */
export function parseTtl(text: string): Ttl | undefined {
  if (SECONDS.test(text)) return Number(text);
  if (!TTL.test(text)) return undefined;
  let seconds = 0;
  for (const [, digits, unit] of text.matchAll(/(\d+)(\D?)/g)) seconds += Number(digits) * secondsOf(unit);
  return seconds <= MAX_TTL ? seconds : undefined;
}

function secondsOf(unit: string | undefined): number {
  return UNITS.get(unit?.toLowerCase() ?? '') ?? 1;
}

const SECONDS = /^\d{1,9}$/;
const TTL = /^(?:\d{1,10}[smhdw]){0,5}(?:\d{1,10})?(?<=.)$/i;
const UNITS: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
  ['w', 604_800],
]);
