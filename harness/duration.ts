import type { GivenOptions, Milliseconds, TrialOptions } from './model.ts';

const UNITS: { readonly [unit: string]: Milliseconds } = { ms: 1, s: 1000, m: 60_000, min: 60_000 };

/** `30s`, `500ms`, `2min`, or `0`. Undefined for what is no time, as any other number without a unit. */
export function durationOf(text: string): Milliseconds | undefined {
  if (text === '0') return 0;
  const [, value, unit = ''] = /^(\d{1,9}(?:\.\d+)?)(ms|s|min|m)$/.exec(text) ?? [];
  const scale = UNITS[unit];
  return scale === undefined ? undefined : Number(value) * scale;
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

/** A number is milliseconds already. */
export function milliseconds(value: unknown): unknown {
  return typeof value === 'string' ? (durationOf(value) ?? value) : value;
}
