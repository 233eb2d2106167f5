import { existsSync } from 'node:fs';

/** Folder of leakgate's package.json as a URL with a trailing slash; the same from the sources and from dist/. */
export function packageRoot(): URL {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) {
    const parent = new URL('..', folder);
    if (parent.href === folder.href) throw new Error('Cannot find the package.json of leakgate');
    folder = parent;
  }
  return folder;
}
