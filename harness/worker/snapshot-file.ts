import { closeSync, openSync, writeFileSync } from 'node:fs';

/**
 * Writes a heap snapshot that comes in chunks into a file. `take` hands them to `add`, and resolves after the last.
 * @throws what opening or writing the file throws, or `take`.
 */
export async function writeSnapshot(
  path: string,
  take: (add: (chunk: string) => void) => Promise<void>,
): Promise<void> {
  const file = openSync(path, 'w');
  const failures: unknown[] = [];
  // What a listener throws the session would only warn of.
  const add = (chunk: string) => {
    try {
      writeFileSync(file, chunk);
    } catch (error) {
      failures.push(error);
    }
  };
  // Whatever `take` throws may only follow from a write that failed.
  await take(add).catch((error: unknown) => failures.push(error));
  closeSync(file);
  if (failures.length > 0) throw failures[0];
}
