import { existsSync } from 'node:fs';

/**
 * Folder of leakgate's package.json as a URL with a trailing slash; the same from the sources and from dist/.
 * @throws {Error} if none stands above this file.
 */
export function packageRoot(): URL {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) {
    const parent = new URL('..', folder);
    if (parent.href === folder.href)
      throw new Error(
        `Cannot find leakgate's own files as a package.json must stand above: ${import.meta.url}`,
      );
    folder = parent;
  }
  return folder;
}
