/** Names that a module gives what it imports and exports, read off its text. */
import { basename } from 'node:path';
import { withoutComments } from './source-lines.ts';

/** In characters: no clause is longer. */
const CLAUSE = /(?:^|;)[ \t]*import\b([^'"();]{1,2000}?)\bfrom\s*['"]([^'"\n]+)['"]/gm;
const EXPORT = /\bexport\s*\{([^}]*)\}(?!\s*from\b)/g;
const EXPORTED_DEFAULT = /\bexport\s+default\s+([A-Za-z_$][\w$]*)\s*;?[ \t]*$/m;
const NAMESPACE = /\*\s*as\s+([A-Za-z_$][\w$]*)/;

type Pair = readonly [before: string, after: string];

interface ModuleText {
  readonly imports: readonly { readonly clause: string; readonly from: string }[];
  /** What the module calls it, and under which name it exports it. */
  readonly exports: readonly Pair[];
  /** Name of what it exports as `default`, if it has one. */
  readonly exportedDefault: string | undefined;
}

/** What the module calls that which another exports under one of `names`; none where it does not import it by name. */
export function importedAs(lines: readonly string[], names: readonly string[]): string[] {
  return readModule(lines).imports.flatMap(({ clause }) => {
    const first = /^[A-Za-z_$][\w$]*/.exec(clause)?.[0];
    const ofDefault = names.includes('default') && first !== undefined ? [first] : [];
    const listed = pairsOf(/\{([^}]*)\}/.exec(clause)?.[1] ?? '');
    return [...ofDefault, ...listed.flatMap(([theirs, own]) => (names.includes(theirs) ? [own] : []))];
  });
}

/** What the module itself calls that which it exports under one of `names`. */
export function exportedAs(lines: readonly string[], names: readonly string[]): string[] {
  const { exports, exportedDefault } = readModule(lines);
  const listed = exports.flatMap(([own, theirs]) => (names.includes(theirs) ? [own] : []));
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
