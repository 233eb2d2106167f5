import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasLockFile, manifestOf } from './package-manager.ts';

/**
 * Where a folder's dependencies are installed: beside its lock file. Packages of a workspace share the one that lies beside what
 * names them, at most as high as the top of the git repository. Without a lock file it is the folder itself.
 */
export function lockFolder(folder: string): string {
  if (hasLockFile(folder)) return folder;
  const top = repositoryOf(folder) ?? folder;
  for (let above = folder; above !== top; ) {
    above = dirname(above);
    if (hasLockFile(above) && isWorkspace(above)) return above;
  }
  return folder;
}

/** Top of the git repository that the folder is in. */
export function repositoryOf(folder: string): string | undefined {
  for (let top = folder; ; top = dirname(top)) {
    if (existsSync(join(top, '.git'))) return top;
    if (dirname(top) === top) return undefined;
  }
}

function isWorkspace(folder: string): boolean {
  return 'workspaces' in manifestOf(folder) || existsSync(join(folder, 'pnpm-workspace.yaml'));
}
