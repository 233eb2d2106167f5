import { addingByName, type Writing } from './adding-patterns.ts';
import { type LinePlace, matching } from './source-lines.ts';

/** Of a writing the likeliest first, that of a container within another before all. */
export type Patterns = (writing: Writing) => readonly RegExp[];

/** Lines of the likeliest pattern that any line matches. */
export function addingLines(lines: readonly string[], writing: Writing, patternsOf: Patterns): LinePlace[] {
  const [within, ...others] = patternsOf(writing).map(pattern => () => matching(lines, pattern));
  const byName = () => (writing.containers > 1 ? addingByName(lines, writing) : []);
  return [within, byName, ...others].map(look => look?.() ?? []).find(some => some.length > 0) ?? [];
}
