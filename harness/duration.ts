import type { GivenOptions, Milliseconds, TrialOptions } from './model.ts';

const UNITS: { readonly [unit: string]: Milliseconds } = { ms: 1, s: 1000, m: 60_000, min: 60_000 };

/** `30s`, `500ms`, `2min`; a bare number is in seconds. Undefined for what is no time. */
export function durationOf(text: string): Milliseconds | undefined {
  const [, value, unit = 's'] = /^(\d{1,9}(?:\.\d+)?)(ms|s|min|m)?$/.exec(text) ?? [];
  return value === undefined ? undefined : Number(value) * (UNITS[unit] ?? 1000);
}

/** The options with their times as numbers; what is no time stays as it is, for the checks to refuse. */
export function inMilliseconds(given: GivenOptions): Partial<TrialOptions> {
  const { budget, deadline, ...others } = given;
  return {
    ...others,
    ...(budget !== undefined && { budget: milliseconds(budget) as Milliseconds }),
    ...(deadline !== undefined && { deadline: milliseconds(deadline) as Milliseconds }),
  };
}

/** Text must have its unit: a bare number in it would be seconds on the command line, and a number is milliseconds. */
export function milliseconds(value: unknown): unknown {
  return typeof value === 'string' && /[a-z]$/.test(value) ? (durationOf(value) ?? value) : value;
}
