/**
 * Values of command-line options: from text, or an error that says what the text must be.
 * @module
 */
import { InvalidArgumentError } from 'commander';
import { LONGEST_DELAY, OPTION_RULES } from '../harness/check-options.ts';
import { durationOf } from '../harness/duration.ts';
import type { Json, Milliseconds, Parameters, Shard } from '../harness/model.ts';

export function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

/** `a,b`: an empty list would be taken for all there are. */
export function names(value: string): string[] {
  const named = value.split(',').filter(name => name !== '');
  if (named.length === 0) throw new InvalidArgumentError('It must name at least one, parted by commas.');
  return named;
}

export function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 999999999.');
  return Number(text);
}

/** A number as an option of trials must be. */
export function numberFor(option: NumberOption): (text: string) => number {
  const { is, holds } = OPTION_RULES[option];
  return text => {
    if (!/^\d+(\.\d+)?$/.test(text) || !holds(Number(text)))
      throw new InvalidArgumentError(`It must be ${is}.`);
    return Number(text);
  };
}

type NumberOption = 'iterations' | 'warmup' | 'windows' | 'maxIterations' | 'allowance' | 'seed';

/** Each trial has an entry in the plan and in the report. */
export const MOST_REPETITIONS = 10_000;

export function repetitionCount(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text) || Number(text) > MOST_REPETITIONS)
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_REPETITIONS}.`);
  return Number(text);
}

export function amount(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 0 to 999999999.');
  return Number(text);
}

/** `30s`, `500ms`, `2min`, or `0`. */
export function duration(text: string): Milliseconds {
  const time = durationOf(text);
  if (time === undefined) throw new InvalidArgumentError(TIME);
  return time;
}

/** The same, but above 0, and such that a timer of Node can take it. */
export function timeLimit(text: string): Milliseconds {
  const time = duration(text);
  if (!OPTION_RULES.deadline.holds(time))
    throw new InvalidArgumentError(`It must be above 0 and at most ${LONGEST_DELAY} ms.`);
  return time;
}

const TIME = 'It must be a time with its unit, such as 30s, 500ms or 2min.';

export function ages(text: string): number[] {
  if (!/^\d{1,9}(,\d{1,9})*$/.test(text))
    throw new InvalidArgumentError('It must be whole numbers from 0 to 999999999, parted by commas.');
  return text.split(',').map(Number);
}

/** A side of a chart: below the least there is no room for its labels, viewers refuse larger ones. */
export function pixels(least: number): (text: string) => number {
  return text => {
    if (!/^\d{1,4}$/.test(text) || Number(text) < least || Number(text) > 8000)
      throw new InvalidArgumentError(`It must be a number of pixels from ${least} to 8000.`);
    return Number(text);
  };
}

export function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new InvalidArgumentError('It must be a port from 0 to 65535.');
  return Number(text);
}

/** `name=value`; the value is read as JSON where it is JSON, else as text. */
export function assign(text: string, previous: Parameters): Parameters {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('It must have the form name=value.');
  return { ...previous, [name]: jsonOrText(value) };
}

function jsonOrText(value: string): Json {
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

/** `2/4`: the second of four. */
export function shard(text: string): Shard {
  const [, index = 0, count = 0] = (/^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []).map(Number);
  if (index < 1 || index > count) {
    throw new InvalidArgumentError('It must have the form index/count with 1 <= index <= count, as in 2/4.');
  }
  return { index, count };
}
