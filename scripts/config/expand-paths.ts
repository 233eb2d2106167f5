import { readdirSync } from 'node:fs';
import { join, normalize, relative, resolve, sep } from 'node:path';

/**
 * Files that a pattern stands for, absolute, in lexical order: `*` is any part of a name, `?` one letter,
 * `{a,b}` either, and `**` any folders, hidden ones and `node_modules` left out.
 */
export function filesMatching(pattern: string, folder: string): string[] {
  const segments = normalize(pattern).split(sep);
  const first = segments.findIndex(isGlob);
  // What is fixed names a folder, whose own name may have braces.
  const fixed = resolve(folder, segments.slice(0, first).join('/') || (first > 0 ? '/' : '.'));
  const regexp = globRegExp(segments.slice(first).join('/'));
  return [...filesBelow(fixed)]
    .filter(path => regexp.test(relative(fixed, path).split(sep).join('/')))
    .sort();
}

export function isGlob(pattern: string): boolean {
  return /[*?{]/.test(pattern);
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) yield path;
    else if (entry.name !== 'node_modules' && !entry.name.startsWith('.')) yield* filesBelow(path);
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

const TRANSLATIONS: { readonly [part: string]: string } = {
  '**/': '(?:[^/]+/)*',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
  '{': '(?:',
  '}': ')',
  ',': '|',
};

/** What a path must match as a whole, with slashes. */
export function globRegExp(pattern: string): RegExp {
  let depth = 0;
  const source = pattern.replace(/\*\*\/|\*\*|[*?{},]|[\\^$.|+()[\]]/g, part => {
    if (part === '{') depth++;
    const literal = (part === '}' || part === ',') && depth === 0;
    if (part === '}' && depth > 0) depth--;
    return (literal ? undefined : TRANSLATIONS[part]) ?? `\\${part}`;
  });
  return new RegExp(`^${source}${')'.repeat(depth)}$`, 's');
}
