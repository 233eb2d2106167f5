import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Path of a file that leakgate ships under `reports/` beside its code.
 * @throws {Error} if no package.json stands above this file.
 */
export function shipped(...path: readonly string[]): string {
  return join(packageRoot(), 'reports', ...path);
}

/** The nearest folder upwards that holds a package.json: this file runs from `reports` and from `dist/reports`. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(
        `Cannot find what leakgate ships as a package.json must stand above: ${import.meta.url}`,
      );
    folder = parent;
  }
  return folder;
}
