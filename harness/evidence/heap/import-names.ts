/** Names that a module gives what it imports and exports, read off its text. */
import { basename } from 'node:path';
import { withoutComments } from './source-lines.ts';

/** In characters: no clause is longer. */
const CLAUSE = /(?:^|;)[ \t]*import\b([^'"();]{1,2000}?)\bfrom\s*['"]([^'"\n]+)['"]/gm;
const EXPORT = /\bexport\s*\{([^}]*)\}(?!\s*from\b)/g;
const EXPORT_AGAIN = /\bexport\s*(?:\{([^}]*)\}|(\*))\s*from\s*['"]([^'"\n]+)['"]/g;
const EXPORTED_DEFAULT = /\bexport\s+default\s+([A-Za-z_$][\w$]*)\s*;?[ \t]*$/m;
const NAMESPACE = /\*\s*as\s+([A-Za-z_$][\w$]*)/;

type Pair = readonly [before: string, after: string];

interface ModuleText {
  readonly imports: readonly { readonly clause: string; readonly from: string }[];
  /** What the module calls it, and under which name it exports it. */
  readonly exports: readonly Pair[];
  /** What it exports of another by names of its own, or all of it. */
  readonly exportsAgain: readonly { readonly list: readonly Pair[] | 'all'; readonly from: string }[];
  /** Name of what it exports as `default`, if it has one. */
  readonly exportedDefault: string | undefined;
}

/** What the module calls that which another exports under one of `names`; none where it does not import it by name. */
export function importedAs(lines: readonly string[], names: readonly string[]): string[] {
  return readModule(lines).imports.flatMap(({ clause }) => importedBy(clause, names));
}

function importedBy(clause: string, names: readonly string[]): string[] {
  const first = /^[A-Za-z_$][\w$]*/.exec(clause)?.[0];
  const ofDefault = names.includes('default') && first !== undefined ? [first] : [];
  return [...ofDefault, ...renamed(pairsOf(/\{([^}]*)\}/.exec(clause)?.[1] ?? ''), names)];
}

/** What the module itself calls that which it exports under one of `names`. */
export function exportedAs(lines: readonly string[], names: readonly string[]): string[] {
  const { exports, exportedDefault } = readModule(lines);
  const listed = renamed(
    exports.map(([own, theirs]) => [theirs, own]),
    names,
  );
  const declared = names.filter(name => name !== 'default' && !exports.some(([, theirs]) => theirs === name));
  const ofDefault = names.includes('default') && exportedDefault !== undefined ? [exportedDefault] : [];
  return [...new Set([...listed, ...declared, ...ofDefault])];
}

/** Names by which the module has all that one of the files exports, as far as names of files tell. */
export function namespacesIn(lines: readonly string[], files: readonly string[]): string[] {
  const stems = new Set(files.map(stemOf));
  return readModule(lines)
    .imports.filter(({ from }) => stems.has(stemOf(from)))
    .flatMap(({ clause }) => NAMESPACE.exec(clause)?.[1] ?? []);
}

/** Names under which the module exports again what one of the files exports under one of `names`. */
export function exportedAgain(
  lines: readonly string[],
  names: readonly string[],
  files: readonly string[],
): string[] {
  const stems = new Set(files.map(stemOf));
  const { imports, exports, exportsAgain } = readModule(lines);
  const passedOn = exportsAgain
    .filter(({ from }) => stems.has(stemOf(from)))
    .flatMap(({ list }) => (list === 'all' ? names : renamed(list, names)));
  const imported = imports
    .filter(({ from }) => stems.has(stemOf(from)))
    .flatMap(({ clause }) => importedBy(clause, names));
  return [...new Set([...passedOn, ...renamed(exports, imported)])];
}

function renamed(pairs: readonly Pair[], names: readonly string[]): string[] {
  return pairs.flatMap(([before, after]) => (names.includes(before) ? [after] : []));
}

/** Each is read once. */
const modules = new WeakMap<readonly string[], ModuleText>();

function readModule(lines: readonly string[]): ModuleText {
  const known = modules.get(lines);
  if (known) return known;
  const text = withoutComments(lines);
  const module: ModuleText = {
    imports: [...text.matchAll(CLAUSE)].map(([, clause = '', from = '']) => ({
      clause: clause.trim(),
      from,
    })),
    exports: [...text.matchAll(EXPORT)].flatMap(([, list = '']) => pairsOf(list)),
    exportsAgain: [...text.matchAll(EXPORT_AGAIN)].map(([, list = '', all, from = '']) => ({
      list: all === undefined ? pairsOf(list) : ('all' as const),
      from,
    })),
    exportedDefault: EXPORTED_DEFAULT.exec(text)?.[1],
  };
  modules.set(lines, module);
  return module;
}

/** Of `a, b as c` the pairs `a, a` and `b, c`. */
function pairsOf(list: string): Pair[] {
  return list.split(',').flatMap(one => {
    const [, before, after] = /^\s*([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(one) ?? [];
    return before === undefined ? [] : [[before, after ?? before] as const];
  });
}

/** `cache` of `../src/cache.mjs?v=2`. */
function stemOf(path: string): string {
  return basename(path.replace(/[?#].*$/, '')).replace(/\.\w+$/, '');
}
