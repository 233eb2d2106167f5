import { isAbsolute, sep } from 'node:path';

/** Whether a path, as `relative()` gives it, leads out of its folder; on another drive it is absolute. */
export function leadsOutside(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}
