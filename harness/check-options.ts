import { inMilliseconds, milliseconds } from './duration.ts';
import { UsageError } from './errors.ts';
import type { GivenOptions, Milliseconds, TrialOptions } from './model.ts';
import { didYouMean } from './nearest-word.ts';
import { DEFAULT_OPTIONS, JIT_ALLOWANCE, optimises } from './options.ts';

/** Fewer iterations than this cannot give a verdict. */
const LEAST_ITERATIONS = 7;
/** The longest delay a timer of Node takes, in milliseconds. */
export const LONGEST_DELAY: Milliseconds = 2 ** 31 - 1;

/** More readings than this make no verdict better, and the detection limit costs the cube of their number. */
const MOST_WINDOWS = 60;

/** What one option must be. */
export interface Rule {
  /** Completes "must be ...". */
  readonly is: string;
  readonly holds: (value: unknown) => boolean;
}

export const OPTION_RULES: { readonly [option in keyof TrialOptions]: Rule } = {
  iterations: wholeFrom(LEAST_ITERATIONS),
  warmup: wholeFrom(1),
  warmupLimit: wholeFrom(1),
  windows: {
    is: `a whole number from 2 to ${MOST_WINDOWS}`,
    holds: value => isNumber(value) && Number.isSafeInteger(value) && value >= 2 && value <= MOST_WINDOWS,
  },
  settleTries: wholeFrom(2),
  settleTolerance: { is: '>= 0', holds: value => isNumber(value) && value >= 0 },
  measuringShare: { is: '> 0 and <= 1', holds: value => isNumber(value) && value > 0 && value <= 1 },
  censuses: wholeFrom(2),
  budget: timeThat('milliseconds >= 0', value => value >= 0),
  maxIterations: wholeFrom(0),
  snapshots: {
    is: '"in-doubt", "always" or "never"',
    holds: value => value === 'in-doubt' || value === 'always' || value === 'never',
  },
  deadline: timeThat(
    `milliseconds > 0 and <= ${LONGEST_DELAY}`,
    value => value > 0 && value <= LONGEST_DELAY,
  ),
  allowance: { is: '>= 0', holds: value => isNumber(value) && value >= 0 },
  confidence: { is: '> 0 and < 1', holds: value => isNumber(value) && value > 0 && value < 1 },
  nodeFlags: {
    is: 'a list of flags',
    holds: value => Array.isArray(value) && value.every(flag => typeof flag === 'string'),
  },
  exclusive: { is: 'true or false', holds: value => typeof value === 'boolean' },
  seed: wholeFrom(0),
};

/**
 * The options of a scenario's trials: `given` over the defaults. Flags that leave V8's optimising tiers on
 * allow more, unless `given` says how much.
 * @throws {UsageError} for an unknown option or a value out of range.
 */
export function checkOptions(given: GivenOptions, scenario: string): TrialOptions {
  for (const option of Object.keys(given)) {
    if (!Object.hasOwn(OPTION_RULES, option)) {
      throw new UsageError(
        `Cannot plan "${scenario}" as its options must be among ${Object.keys(OPTION_RULES).join(', ')}: current value names "${option}"${didYouMean(option, Object.keys(OPTION_RULES))}`,
      );
    }
  }
  const options: TrialOptions = { ...DEFAULT_OPTIONS, ...inMilliseconds(given) };
  for (const option of Object.keys(OPTION_RULES) as (keyof TrialOptions)[]) {
    const { is, holds } = OPTION_RULES[option];
    if (!holds(options[option])) throw outOfRange(scenario, option, is, options[option]);
  }
  if (options.warmupLimit < options.warmup) {
    throw outOfRange(scenario, 'warmupLimit', `>= warmup (${options.warmup})`, options.warmupLimit);
  }
  const { iterations, maxIterations } = options;
  if (maxIterations > 0 && maxIterations < iterations) {
    throw outOfRange(scenario, 'maxIterations', `0 or >= iterations (${iterations})`, maxIterations);
  }
  const allowsMore = given.allowance === undefined && optimises(options.nodeFlags);
  return allowsMore ? { ...options, allowance: JIT_ALLOWANCE } : options;
}

function outOfRange(scenario: string, option: string, is: string, value: unknown): UsageError {
  return new UsageError(
    `Cannot plan "${scenario}" as ${option} must be ${is}: current value is ${JSON.stringify(value)}`,
  );
}

function wholeFrom(least: number): Rule {
  return {
    is: `a whole number >= ${least}`,
    holds: value => Number.isSafeInteger(value) && Number(value) >= least,
  };
}

function timeThat(is: string, holds: (value: Milliseconds) => boolean): Rule {
  return {
    is: `${is}, or a time such as "30s", "500ms" or "2min"`,
    holds: value => {
      const time = milliseconds(value);
      return isNumber(time) && holds(time);
    },
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
