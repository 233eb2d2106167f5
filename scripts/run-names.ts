import { basename } from 'node:path';
import type { NamedReport } from '../harness/model.ts';

/** Runs that stand side by side, called by what tells them apart: their paths without the parts that all share. */
export function shortlyNamed(runs: readonly NamedReport[]): readonly NamedReport[] {
  const parts = runs.map(({ name }) =>
    name
      .replace(/\/?(report\.json|samples\.jsonl)$/, '')
      .replace(/\.json$/, '')
      .split('/'),
  );
  let shared = 0;
  while (parts.every(own => own.length > shared + 1 && own[shared] === parts[0]?.[shared])) shared++;
  const names = runs.map(({ name }, at) => parts[at]?.slice(shared).join('/') || basename(name));
  const short = withoutMoment(names);
  return runs.map(({ report }, at) => ({ name: numbered(short, at), report }));
}

/** Folders of runs begin with their moment: without the part of it that all share. */
function withoutMoment(names: readonly string[]): readonly string[] {
  const [first = ''] = names;
  if (new Set(names).size < names.length) return names;
  const shared = [...first.matchAll(/[-T]/g)]
    .map(({ index }) => first.slice(0, index + 1))
    .findLast(part => /^\d{4}-\d\d-\d\dT/.test(part) && names.every(name => name.startsWith(part)));
  return shared === undefined ? names : names.map(name => name.slice(shared.length));
}

/** The same run may be given twice: `a #1`, `a #2`. */
function numbered(names: readonly string[], at: number): string {
  const own = names[at] ?? '';
  const alike = names.filter(name => name === own).length;
  if (alike < 2) return own;
  return `${own} #${names.slice(0, at + 1).filter(name => name === own).length}`;
}
