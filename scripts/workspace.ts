import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { globRegExp } from './config/expand-paths.ts';
import { manifestOf } from './package-manager.ts';

/** Whether the workspace at `top` has the folder as one of its packages, or is the folder itself. */
export function isInWorkspace(folder: string, top: string): boolean {
  const patterns = packagePatterns(top).map(pattern => pattern.replace(/^(!?)\.\//, '$1'));
  if (patterns.length === 0) return false;
  const path = relative(top, folder).split(sep).join('/');
  const matches = (pattern: string) => globRegExp(pattern.replace(/\/$/, '')).test(path);
  const excluded = patterns.some(pattern => pattern.startsWith('!') && matches(pattern.slice(1)));
  return path === '' || (!excluded && patterns.some(matches));
}

/** Ends a message where nothing is found at the top of a workspace. */
export const IN_PACKAGES = 'the packages of this workspace are tested in their own folders';

/** Whether the folder names packages below it. */
export function isWorkspace(folder: string): boolean {
  return packagePatterns(folder).length > 0;
}

function packagePatterns(top: string): string[] {
  return [...ownPatterns(top), ...pnpmPatterns(top)];
}

/** `["packages/*"]` or `{"packages": ["packages/*"]}` in the package.json. */
function ownPatterns(top: string): string[] {
  const { workspaces } = manifestOf(top);
  const isObject = typeof workspaces === 'object' && workspaces !== null && 'packages' in workspaces;
  const patterns: unknown = isObject ? workspaces.packages : workspaces;
  return Array.isArray(patterns) ? patterns.filter(pattern => typeof pattern === 'string') : [];
}

/** `packages: ['packages/*']` in one line, or a line `packages:` and after it one with `- 'packages/*'` for each. */
function pnpmPatterns(top: string): string[] {
  const file = join(top, 'pnpm-workspace.yaml');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const inline = /^packages:\s*\[([^\]]*)\]/m.exec(text)?.[1];
  if (inline !== undefined) return inline.split(',').map(unquoted).filter(Boolean);
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex(line => /^packages:\s*(#.*)?$/.test(line));
  const patterns: string[] = [];
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const [, single, double, bare] = /^\s*-\s+(?:'([^']*)'|"([^"]*)"|(\S+))/.exec(line) ?? [];
    const pattern = single ?? double ?? bare;
    if (pattern === undefined) break;
    patterns.push(pattern);
  }
  return patterns;
}

function unquoted(text: string): string {
  return text.trim().replace(/^(['"])(.*)\1$/, '$2');
}
