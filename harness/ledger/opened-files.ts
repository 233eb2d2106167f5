import fs, { type PathLike } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { LiveResource } from './live-resource.ts';
import { type Site, UNKNOWN_SITE } from './site.ts';

/** A class, by which heap snapshots tell it from the subject's objects. */
class OpenedFile {
  readonly path: string;
  readonly site: Site;
  /** Of a promise's file: it closes itself when nobody holds it any more. */
  readonly handle: WeakRef<FileHandle> | undefined;

  constructor(path: unknown, site: Site | undefined, handle?: FileHandle) {
    this.path = String(path);
    this.site = site ?? UNKNOWN_SITE;
    this.handle = handle && new WeakRef(handle);
  }
}

/** Descriptors that the ways to open a file have given and nobody has closed, streams' among them. */
export class OpenedFiles {
  /** By descriptor, whose numbers are used again: it cannot grow beyond what is open. */
  readonly #open = new Map<number, OpenedFile>();

  /** Replaces the functions of `node:fs` by ones that keep account, for `import` and for `require`. */
  watch(here: () => Site | undefined): void {
    const { open, openSync, close, closeSync } = fs;
    const opened = (descriptor: number, path: unknown, site: Site | undefined) =>
      this.#open.set(descriptor, new OpenedFile(path, site));
    const closed = (descriptor: unknown) => this.#open.delete(Number(descriptor));

    replaceIn(fs, 'openSync', openSync, (path: PathLike, ...rest: [fs.OpenMode, fs.Mode?]) => {
      const descriptor = openSync(path, ...rest);
      opened(descriptor, path, here());
      return descriptor;
    });
    replaceIn(fs, 'closeSync', closeSync, (descriptor: number) => {
      closed(descriptor);
      closeSync(descriptor);
    });
    replaceIn(fs, 'open', open, (...given: unknown[]) => {
      const site = here();
      const callback = given.at(-1);
      if (typeof callback !== 'function') return Reflect.apply(open, fs, given);
      const told = (error: unknown, descriptor: number) => {
        if (!error) opened(descriptor, given[0], site);
        Reflect.apply(callback, undefined, [error, descriptor]);
      };
      return Reflect.apply(open, fs, [...given.slice(0, -1), told]);
    });
    replaceIn(fs, 'close', close, (descriptor: number, ...rest: unknown[]) => {
      closed(descriptor);
      return Reflect.apply(close, fs, [descriptor, ...rest]);
    });
    // The callback of a promise's file has no stack and no context that would lead back to here.
    const { open: openHandle } = fs.promises;
    const by = async (...given: Parameters<typeof openHandle>) => {
      const site = here();
      const handle = await openHandle(...given);
      this.#open.set(handle.fd, new OpenedFile(given[0], site, handle));
      return handle;
    };
    replaceIn(fs.promises, 'open', openHandle, by);
    syncBuiltinESMExports();
  }

  *live(): Generator<LiveResource> {
    for (const [descriptor, { path, site, handle }] of this.#open) {
      if (handle && handle.deref()?.fd !== descriptor) this.#open.delete(descriptor);
      else yield { kind: 'descriptor', noun: 'file', detail: path, site };
    }
  }
}

/** Keeps the name, the length and what hangs on the function, such as the form that `promisify` uses. */
function replaceIn(module: object, name: string, original: object, by: object): void {
  Object.defineProperties(by, Object.getOwnPropertyDescriptors(original));
  Reflect.set(module, name, by);
}
