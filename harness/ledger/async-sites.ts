import { createHook, executionAsyncResource, type HookCallbacks } from 'node:async_hooks';
import { type Site, type Sites, UNKNOWN_SITE } from './site.ts';

/** Called for each resource that Node makes. */
export type OnCreated = (type: string, asyncId: number, resource: object, site: Site) => void;

/** Promises are many, and V8's stacks tell who awaits. */
const PASSED_OVER: ReadonlySet<string> = new Set(['PROMISE']);

/**
 * Where Node's resources (timers, immediates, handles, requests) were created. The site is kept beside the
 * resource, weakly, so that it goes with it and the resource itself stays as it is. What a callback of Node
 * creates by itself, with nothing of the program on the stack, gets the site of what is being called back.
 */
export class AsyncSites {
  readonly #sites: Sites;
  readonly #siteOf = new WeakMap<object, Site>();
  readonly #onCreated: OnCreated;
  readonly #siteOfTrigger: (asyncId: number) => Site | undefined;

  /** @param siteOfTrigger of an open handle, by its id: what accepts a connection is on no stack. */
  constructor(sites: Sites, onCreated: OnCreated, siteOfTrigger: (asyncId: number) => Site | undefined) {
    this.#sites = sites;
    this.#onCreated = onCreated;
    this.#siteOfTrigger = siteOfTrigger;
  }

  watch(): void {
    const hooks: HookCallbacks & { readonly trackPromises: false } = {
      // Where promises have hooks, `await` keeps more than in the trial that was judged. Node 20 and 22 do not
      // know of it and pay no heed (nodejs/node#61415).
      trackPromises: false,
      init: (asyncId, type, triggerAsyncId, resource) => {
        if (PASSED_OVER.has(type)) return;
        const site = this.here() ?? this.#siteOfTrigger(triggerAsyncId) ?? UNKNOWN_SITE;
        this.#siteOf.set(resource, site);
        this.#onCreated(type, asyncId, resource, site);
      },
    };
    createHook(hooks).enable();
  }

  of(resource: object): Site {
    return this.#siteOf.get(resource) ?? UNKNOWN_SITE;
  }

  /** Where the program is now, or where that was created whose callback is running. */
  here(): Site | undefined {
    return this.#sites.here() ?? this.#siteOf.get(executionAsyncResource());
  }
}
