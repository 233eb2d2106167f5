import type { Notes } from '../scenario.ts';
import { show } from './show.ts';

/**
 * The figures of a scenario as a message may carry them: what is neither text nor a finite number becomes text. What
 * is no plain object are no figures, but what `teardown` happened to return: the server that it closed, say.
 */
export function toldNotes(notes: unknown): Notes {
  if (!isPlainObject(notes)) return {};
  return Object.fromEntries(
    Object.entries(notes).flatMap(([name, value]) => (value === undefined ? [] : [[name, told(value)]])),
  );
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function told(value: unknown): number | string {
  const isPlain = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
  return isPlain ? value : show(value);
}
