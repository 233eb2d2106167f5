import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HarnessError } from './errors.ts';

/**
 * The JavaScript file to fork for a module of this folder: beside its source where that is compiled too, else in dist/.
 * `path` is relative to this folder and ends in `.js`.
 * @throws {HarnessError} if leakgate has not been compiled.
 */
export function compiledFile(path: string): string {
  const beside = fileURLToPath(new URL(path, import.meta.url));
  if (existsSync(beside)) return beside;
  const compiled = fileURLToPath(new URL(`../dist/harness/${path}`, import.meta.url));
  if (existsSync(compiled)) return compiled;
  throw new HarnessError(
    `Cannot start a process as leakgate must be compiled (npm run build): no ${compiled}`,
  );
}
