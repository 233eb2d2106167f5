import { inspect } from 'node:util';
import { isGenerator } from './is-generator.ts';

/** Characters of a value that are shown. */
const SHOWN = 200;

/** What a scenario gave, in a line for a message. */
export function show(value: unknown): string {
  if (isGenerator(value)) return 'a generator function, whose body a call does not run';
  if (typeof value === 'function') return /^class\b/.test(String(value)) ? 'a class' : 'a function';
  if (typeof value === 'string') return cut(JSON.stringify(value));
  // Not as JSON, in which circles, sets and large numbers have no form.
  return cut(inspect(value, { depth: 1, maxArrayLength: 5, breakLength: Number.POSITIVE_INFINITY }));
}

function cut(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}
