/** Names that a module gives what it imports and exports, read off its text. */
import { basename, dirname, resolve } from 'node:path';

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

/** A module, and names under which it exports what is looked for. */
export interface Exporter {
  /** Its source, and what was run. */
  readonly files: readonly string[];
  readonly names: readonly string[];
}

/** A module that may import it. */
export interface Importer {
  readonly files: readonly string[];
  readonly lines: readonly string[];
}

/**
 * What a module that is known to import it calls what another exports; none where it does not do so by name.
 * Of packages and aliases only the names tell.
 */
export function importedAs({ files, lines }: Importer, exporter: Exporter): string[] {
  return readModule(lines)
    .imports.filter(({ from }) => !isPath(from) || leadsTo(from, files, exporter))
    .flatMap(({ clause }) => importedBy(clause, exporter.names));
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

/** Names by which a module has all that another exports. */
export function namespacesIn({ files, lines }: Importer, exporter: Exporter): string[] {
  return readModule(lines)
    .imports.filter(({ from }) => leadsTo(from, files, exporter))
    .flatMap(({ clause }) => NAMESPACE.exec(clause)?.[1] ?? []);
}

/** Names under which a module exports again what another exports. */
export function exportedAgain({ files, lines }: Importer, exporter: Exporter): string[] {
  const { names } = exporter;
  const { imports, exports, exportsAgain, exportedDefault } = readModule(lines);
  const passedOn = exportsAgain
    .filter(({ from }) => leadsTo(from, files, exporter))
    .flatMap(({ list }) =>
      list === 'all' ? names.filter(name => name !== 'default') : renamed(list, names),
    );
  const imported = imports
    .filter(({ from }) => leadsTo(from, files, exporter))
    .flatMap(({ clause }) => importedBy(clause, names));
  const ofDefault = exportedDefault !== undefined && imported.includes(exportedDefault) ? ['default'] : [];
  return [...new Set([...passedOn, ...renamed(exports, imported), ...ofDefault])];
}

/** Whether what a module names is the other, by its path; of a package or an alias as far as its last name tells. */
function leadsTo(named: string, from: readonly string[], { files }: Exporter): boolean {
  const plain = named.replace(/(?<!^)[?#].*$/, '');
  if (!isPath(plain)) return files.some(file => lastName(file) === lastName(plain));
  const meant = from.map(file => moduleName(resolve(dirname(file), plain)));
  return files.some(file => meant.includes(moduleName(resolve(file))));
}

function isPath(named: string): boolean {
  return /^(?:\.{0,2}\/|\.{1,2}$)/.test(named);
}

function renamed(pairs: readonly Pair[], names: readonly string[]): string[] {
  return pairs.flatMap(([before, after]) => (names.includes(before) ? [after] : []));
}

/** Each is read once. */
const modules = new WeakMap<readonly string[], ModuleText>();

function readModule(lines: readonly string[]): ModuleText {
  const known = modules.get(lines);
  if (known) return known;
  const text = lines.join('\n');
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

/** `src/cache` of `src/cache.mjs` and of `src/cache/index.ts`. */
function moduleName(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/\.[cm]?[jt]sx?$/, '')
    .replace(/\/index$/, '');
}

/** `cache` of it. */
function lastName(path: string): string {
  return basename(moduleName(path));
}
