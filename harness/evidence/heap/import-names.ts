/** Names that a module gives what it imports and exports, read off its text. */

const IMPORT = /\bimport\s+([^'"();]+?)\s+from\s*['"]/g;
const EXPORT = /\bexport\s*\{([^}]*)\}(?!\s*from\b)/g;
const EXPORTED_DEFAULT = /\bexport\s+default\s+([A-Za-z_$][\w$]*)\s*;?\s*$/m;
const NAMESPACE = /\*\s*as\s+([A-Za-z_$][\w$]*)/;

/** What the module calls that which another exports under one of `names`; none where it does not import it by name. */
export function importedAs(lines: readonly string[], names: readonly string[]): string[] {
  return clausesOf(lines).flatMap(clause => {
    const first = /^[A-Za-z_$][\w$]*/.exec(clause)?.[0];
    const ofDefault = names.includes('default') && first !== undefined ? [first] : [];
    const listed = pairsOf(/\{([^}]*)\}/.exec(clause)?.[1] ?? '');
    return [...ofDefault, ...listed.flatMap(([theirs, own]) => (names.includes(theirs) ? [own] : []))];
  });
}

/** What the module itself calls that which it exports under one of `names`. */
export function exportedAs(lines: readonly string[], names: readonly string[]): string[] {
  const text = lines.join('\n');
  const listed = [...text.matchAll(EXPORT)].flatMap(([, list = '']) => pairsOf(list));
  const own = listed.flatMap(([ours, theirs]) => (names.includes(theirs) ? [ours] : []));
  const ofDefault = names.includes('default') ? EXPORTED_DEFAULT.exec(text)?.[1] : undefined;
  const declared = names.filter(name => name !== 'default' && !listed.some(([, theirs]) => theirs === name));
  return [...new Set([...own, ...declared, ...(ofDefault === undefined ? [] : [ofDefault])])];
}

/** Names by which the module has all that another exports. */
export function namespacesIn(lines: readonly string[]): string[] {
  return clausesOf(lines).flatMap(clause => NAMESPACE.exec(clause)?.[1] ?? []);
}

function clausesOf(lines: readonly string[]): string[] {
  return [...lines.join('\n').matchAll(IMPORT)].map(([, clause = '']) => clause);
}

/** Of `a, b as c` the pairs `a, a` and `b, c`. */
function pairsOf(list: string): (readonly [before: string, after: string])[] {
  return list.split(',').flatMap(one => {
    const [, before, after] = /^\s*([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(one) ?? [];
    return before === undefined ? [] : [[before, after ?? before] as const];
  });
}
