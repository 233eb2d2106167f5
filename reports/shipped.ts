import { fileURLToPath } from 'node:url';
import { packageRoot } from './package-root.ts';

/**
 * Path of a file that leakgate ships under `reports/` beside its code.
 * @throws {Error} if no package.json stands above this file.
 */
export function shipped(...path: readonly string[]): string {
  return fileURLToPath(new URL(['reports', ...path].join('/'), packageRoot()));
}
