import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasLockFile } from './package-manager.ts';
import { isInWorkspace } from './workspace.ts';

/**
 * Where a folder's dependencies are installed: beside its lock file. Packages of a workspace, and folders in
 * them, share the one that lies beside what names them, at most as high as the top of the git repository.
 * Without a lock file it is the folder itself.
 */
export function lockFolder(folder: string): string {
  if (hasLockFile(folder)) return folder;
  const top = repositoryOf(folder) ?? folder;
  const own = packageOf(folder, top);
  for (let above = folder; above !== top; ) {
    above = dirname(above);
    if (hasLockFile(above) && isInWorkspace(own, above)) return above;
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

/** The nearest folder from `folder` up to `top` that has a package.json. */
function packageOf(folder: string, top: string): string {
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, 'package.json')) || above === top) return above;
  }
}
