import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/**
 * Files and folders that a path stands for, absolute, in lexical order; `*` stands for any characters of one path segment
 * and `?` for one. A path without wildcards stands for itself if it exists. Folders that cannot be read hold nothing.
 * @param folder Absolute; what a relative path starts from, taken literally.
 */
export function findFiles(pattern: string, folder: string): string[] {
  let found = [isAbsolute(pattern) ? '/' : folder];
  for (const segment of pattern.split('/')) {
    found = found.flatMap(parent => entriesMatching(parent, segment));
  }
  return found.filter(path => existsSync(path));
}

export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** More than one `*` or one `?`, or a `[...]`: such a pattern could make a parse take for ever, so imports refuse it. */
export function isTooWild(pattern: string): boolean {
  return /\*.*\*|\?.*\?|\[.*\]|\].*\[/s.test(pattern);
}

function entriesMatching(folder: string, segment: string): string[] {
  if (!hasWildcard(segment)) return [join(folder, segment)];
  const regexp = regexpOf(segment);
  return namesIn(folder)
    .filter(name => regexp.test(name))
    .sort()
    .map(name => join(folder, name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function regexpOf(segment: string): RegExp {
  const literal = segment.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  return new RegExp(`^${literal.replace('*', '.*').replace('?', '.')}$`, 'su');
}
