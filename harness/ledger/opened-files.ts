import fs, { type PathLike } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { LiveResource } from './live-resource.ts';
import { type Site, UNKNOWN_SITE } from './site.ts';

/** Descriptors that `fs.open` and `fs.openSync` gave and nobody has closed; streams of files use them too. */
export class OpenedFiles {
  readonly #open = new Map<number, { readonly path: string; readonly site: Site }>();

  /** Replaces the functions of `node:fs` by ones that keep account, for `import` and for `require`. */
  watch(here: () => Site | undefined): void {
    const { open, openSync, close, closeSync } = fs;
    const opened = (descriptor: number, path: unknown, site: Site | undefined) =>
      this.#open.set(descriptor, { path: String(path), site: site ?? UNKNOWN_SITE });
    const closed = (descriptor: unknown) => this.#open.delete(Number(descriptor));

    replace('openSync', openSync, (path: PathLike, ...rest: [fs.OpenMode, fs.Mode?]) => {
      const descriptor = openSync(path, ...rest);
      opened(descriptor, path, here());
      return descriptor;
    });
    replace('closeSync', closeSync, (descriptor: number) => {
      closed(descriptor);
      closeSync(descriptor);
    });
    replace('open', open, (...given: unknown[]) => {
      const site = here();
      const callback = given.at(-1);
      if (typeof callback !== 'function') return Reflect.apply(open, fs, given);
      const told = (error: unknown, descriptor: number) => {
        if (!error) opened(descriptor, given[0], site);
        Reflect.apply(callback, undefined, [error, descriptor]);
      };
      return Reflect.apply(open, fs, [...given.slice(0, -1), told]);
    });
    replace('close', close, (descriptor: number, ...rest: unknown[]) => {
      closed(descriptor);
      return Reflect.apply(close, fs, [descriptor, ...rest]);
    });
    syncBuiltinESMExports();
  }

  *live(): Generator<LiveResource> {
    for (const { path, site } of this.#open.values())
      yield { kind: 'descriptor', noun: 'file', detail: path, site };
  }
}

/** Keeps the name, the length and what hangs on the function, such as the form that `promisify` uses. */
function replace(name: 'open' | 'openSync' | 'close' | 'closeSync', original: object, by: object): void {
  Object.defineProperties(by, Object.getOwnPropertyDescriptors(original));
  Reflect.set(fs, name, by);
}
