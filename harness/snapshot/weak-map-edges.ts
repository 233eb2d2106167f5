import type { Snapshot } from './read-snapshot.ts';

/** V8 names both edges to a value in a WeakMap, that of its key and that of the table, after all three. */
const PAIR = /^\d+ \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\)$/s;
/** Where they would become too long, as of a text of some kilobytes, it leaves the form of such a name. */
const FORM = /^\d+ \/ part of key \(%s @%u\) -> value \(%s @%u\) pair in WeakMap \(table @%u\)$/;

/** The id of the WeakMap's table; `unnamed` where the name does not say it; undefined for any other edge. */
export type NamedTable = number | 'unnamed' | undefined;

/** Of the name of an internal edge, the table of the WeakMap in which it leads to a value. Each name is looked at once. */
export function namedTables({ strings }: Pick<Snapshot, 'strings'>): (name: number) => NamedTable {
  const [unseen, other, unnamed] = [0, -1, -2];
  const known = new Float64Array(strings.length);
  const look = (name: number): number => {
    const text = strings.at(name);
    return FORM.test(text) ? unnamed : Number(PAIR.exec(text)?.[1] ?? other);
  };
  return name => {
    if (known[name] === unseen) known[name] = look(name);
    const table = known[name] ?? other;
    if (table === unnamed) return 'unnamed';
    return table === other ? undefined : table;
  };
}
