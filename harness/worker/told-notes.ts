import type { Notes } from '../scenario.ts';
import { show } from './show.ts';

/** The figures of a scenario as a message may carry them: what is neither text nor a finite number becomes text. */
export function toldNotes(notes: object): Notes {
  return Object.fromEntries(
    Object.entries(notes).flatMap(([name, value]) => (value === undefined ? [] : [[name, told(value)]])),
  );
}

function told(value: unknown): number | string {
  const isPlain = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
  return isPlain ? value : show(value);
}
