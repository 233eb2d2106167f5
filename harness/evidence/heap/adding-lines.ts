import { type AddingPatterns, addingByName, type Writing } from './adding-patterns.ts';
import { type LinePlace, matching } from './source-lines.ts';

export type Patterns = (writing: Writing) => AddingPatterns;

/** Lines of the likeliest pattern that any line matches: those of a container within another before all. */
export function addingLines(lines: readonly string[], writing: Writing, patternsOf: Patterns): LinePlace[] {
  const { within, others } = patternsOf(writing);
  const like = (pattern: RegExp) => () => matching(lines, pattern);
  const byName = () => (writing.containers > 1 ? addingByName(lines, writing) : []);
  for (const look of [...within.map(like), byName, ...others.map(like)]) {
    const found = look();
    if (found.length > 0) return found;
  }
  return [];
}
