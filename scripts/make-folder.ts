import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isFolder } from './file-kind.ts';

/**
 * Makes a folder and those above it, one by one: with `recursive`, Node 20 tries for ever where a file system
 * such as /proc takes none.
 * @throws {Error} of the system if one cannot be made, and where there is a file in its place.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  if (existsSync(path)) throw new Error(`${path} is a file`);
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(path)) throw error;
  }
}
