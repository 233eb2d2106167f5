import { createHook, executionAsyncResource, type HookCallbacks } from 'node:async_hooks';
import { withoutPromises } from './promise-hooks.ts';
import { type Site, type Sites, UNKNOWN_SITE } from './site.ts';

/** A resource that Node made. */
export interface CreatedResource {
  readonly type: string;
  readonly asyncId: number;
  readonly resource: object;
  readonly site: Site;
  /** Of what had Node make it, where nothing of the program was on the stack. */
  readonly triggerAsyncId?: number;
}

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
  readonly #onCreated: (created: CreatedResource) => void;
  readonly #siteOfTrigger: (asyncId: number) => Site | undefined;

  /** @param siteOfTrigger of an open handle, by its id: what accepts a connection is on no stack. */
  constructor(
    sites: Sites,
    onCreated: (created: CreatedResource) => void,
    siteOfTrigger: (asyncId: number) => Site | undefined,
  ) {
    this.#sites = sites;
    this.#onCreated = onCreated;
    this.#siteOfTrigger = siteOfTrigger;
  }

  watch(): void {
    const hooks: HookCallbacks & { readonly trackPromises: false } = {
      trackPromises: false,
      init: (asyncId, type, triggerAsyncId, resource) => {
        if (PASSED_OVER.has(type)) return;
        const stack = this.#sites.here();
        const site = stack ?? this.#ofCallback() ?? this.#siteOfTrigger(triggerAsyncId) ?? UNKNOWN_SITE;
        this.#siteOf.set(resource, site);
        this.#onCreated({ type, asyncId, resource, site, ...(!stack && { triggerAsyncId }) });
      },
    };
    const hook = createHook(hooks);
    withoutPromises(() => hook.enable());
  }

  of(resource: object): Site {
    return this.#siteOf.get(resource) ?? UNKNOWN_SITE;
  }

  /** Where the program is now, or where that was created whose callback is running. */
  here(): Site | undefined {
    return this.#sites.here() ?? this.#ofCallback();
  }

  /** Of what is being called back. */
  #ofCallback(): Site | undefined {
    return this.#siteOf.get(executionAsyncResource());
  }
}
