import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HarnessError } from './errors.ts';

/**
 * The JavaScript file of a module, to fork it: that of the same build where this file is compiled, else that in dist/.
 * `path` is relative to the folder of the package and ends in `.js`.
 * @throws {HarnessError} if leakgate has not been compiled.
 */
export function compiledFile(path: string): string {
  const beside = fileURLToPath(new URL(`../${path}`, import.meta.url));
  if (existsSync(beside)) return beside;
  const compiled = fileURLToPath(new URL(`../dist/${path}`, import.meta.url));
  if (existsSync(compiled)) return compiled;
  throw new HarnessError(
    `Cannot start a process as leakgate must be compiled (npm run build): no ${compiled}`,
  );
}
