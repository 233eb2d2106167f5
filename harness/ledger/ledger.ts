import type { Owner } from '../model.ts';
import { AsyncSites } from './async-sites.ts';
import { HeardEmitters } from './heard-emitters.ts';
import type { LiveResource } from './live-resource.ts';
import { OpenHandles } from './open-handles.ts';
import { OpenedFiles } from './opened-files.ts';
import { pendingTimers } from './pending-timers.ts';
import { Sites } from './site.ts';

/**
 * Books of what the program has opened and where: timers, immediates, handles, descriptors, listeners. It
 * costs a stack per thing created, so it is kept in the evidence trial only, where nothing is measured. All
 * is held weakly or until it is closed, so that nothing lives on because it is in the books.
 */
export class Ledger {
  readonly #handles = new OpenHandles();
  readonly #files = new OpenedFiles();
  readonly #emitters = new HeardEmitters();
  readonly #owners = new WeakMap<object, Owner>();
  /** Files whose frames are not where a thing was created: those by which a target opens things for others. */
  readonly #leftOut = new Set<string>();
  readonly #async = new AsyncSites(
    new Sites(file => this.#leftOut.has(file)),
    created => this.#handles.add(created),
    asyncId => this.#handles.siteOf(asyncId),
  );

  /** Begins to keep account, for the rest of the process. */
  open(): void {
    this.#async.watch();
    this.#files.watch(() => this.#async.here());
    this.#emitters.watch(() => this.#async.here());
  }

  /** From now on only listeners of emitters count that are known by now. */
  closeEmitters(): void {
    this.#emitters.close();
  }

  leaveOut(file: string): void {
    this.#leftOut.add(file);
  }

  setOwner(resource: object, owner: Owner): void {
    this.#owners.set(resource, owner);
  }

  /** Everything that is there now. */
  *live(): Generator<LiveResource> {
    yield* pendingTimers(resource => {
      const owner = this.#owners.get(resource);
      return { site: this.#async.of(resource), ...(owner && { owner }) };
    });
    yield* this.#handles.live();
    yield* this.#files.live();
    yield* this.#emitters.live();
  }
}
