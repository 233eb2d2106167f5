import { existsSync, statSync } from 'node:fs';

export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** False of what lies below a file, too. */
export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
