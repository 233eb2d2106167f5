import { columnsOf, truncate } from './wrap.ts';

/**
 * A trial's id in so many columns. Where it does not fit, the parts that all trials of the run share go first, then the
 * beginning of the rest: its end tells builds and repetitions apart.
 */
export function shortTrialName(id: string, others: readonly string[], columns: number): string {
  if (columnsOf(id) <= columns) return id;
  if (!others.includes(id)) return truncate(id, columns);
  const all = others.map(other => other.split('/'));
  const own = id.split('/').filter((part, at) => all.some(parts => parts[at] !== part));
  const [first = id, ...rest] = own;
  const end = rest.map(part => `/${part}`).join('');
  const room = columns - columnsOf(end);
  if (room >= LEAST) return truncate(first, room) + end;
  return truncate(rest.join('/'), columns);
}

/** Columns below which a name cut short says nothing. */
const LEAST = 5;
