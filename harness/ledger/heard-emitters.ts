import { EventEmitter, getEventListeners } from 'node:events';
import { types } from 'node:util';
import type { LiveResource } from './live-resource.ts';
import { type Site, UNKNOWN_SITE } from './site.ts';

/** Entries after which emitters that are gone are looked for the first time. */
const FIRST_SWEEP = 4096;

/**
 * Listeners of emitters and event targets. Only those count that were there before `close`: listeners of an
 * emitter that is itself left behind are no leak of their own. Emitters are held weakly, and no more are
 * taken in after `close`.
 */
export class HeardEmitters {
  #emitters = new Set<WeakRef<EventEmitter | EventTarget>>();
  /** By emitter and listener: one function may listen to several, from several places. */
  readonly #sites = new WeakMap<object, ListenerSites>();
  #sweepAt = FIRST_SWEEP;
  #isOpen = true;

  /** Replaces the methods by which listeners are added; the others (`once`, streams') go by them. */
  watch(here: () => Site | undefined): void {
    const added = (emitter: EventEmitter | EventTarget, listener: unknown) => {
      this.#take(emitter);
      const sites = this.#sites.get(emitter);
      if (!sites || !isHoldable(listener)) return;
      const site = here();
      if (site) sites.set(listener, site);
    };
    for (const name of ['on', 'addListener', 'prependListener'] as const) {
      const original = EventEmitter.prototype[name];
      const by = function (this: EventEmitter, ...given: Parameters<typeof original>) {
        added(this, given[1]);
        return Reflect.apply(original, this, given);
      };
      Object.defineProperty(by, 'name', { value: name });
      EventEmitter.prototype[name] = by as typeof original;
    }
    const { prototype } = EventTarget;
    const addEventListener: unknown = Reflect.get(prototype, 'addEventListener');
    if (typeof addEventListener !== 'function') return;
    prototype.addEventListener = function (this: EventTarget, ...given: unknown[]) {
      added(this, given[1]);
      Reflect.apply(addEventListener, this, given);
    };
  }

  /** Takes in no more emitters. */
  close(): void {
    this.#sweep();
    this.#isOpen = false;
  }

  *live(): Generator<LiveResource> {
    for (const ref of this.#emitters) {
      const emitter = ref.deref();
      if (!emitter) continue;
      const owner = nameOf(emitter);
      for (const [event, listener] of listenersOf(emitter)) {
        const site = this.#sites.get(emitter)?.get(listener) ?? UNKNOWN_SITE;
        const noun = `listener of ${event} on ${owner}`;
        yield { kind: 'listener', noun, collective: `listener on ${owner}`, site };
      }
    }
  }

  #take(emitter: EventEmitter | EventTarget): void {
    if (!this.#isOpen || this.#sites.has(emitter)) return;
    if (this.#emitters.size >= this.#sweepAt) this.#sweep();
    this.#sites.set(emitter, new ListenerSites());
    this.#emitters.add(new WeakRef(emitter));
  }

  #sweep(): void {
    this.#emitters = new Set([...this.#emitters].filter(ref => ref.deref() !== undefined));
    this.#sweepAt = Math.max(FIRST_SWEEP, 2 * this.#emitters.size);
  }
}

/** Of one emitter. A class, as is `Site`, so that heap snapshots tell it from what the program keeps. */
class ListenerSites extends WeakMap<object, Site> {}

function isHoldable(listener: unknown): listener is object {
  return typeof listener === 'function' || (typeof listener === 'object' && listener !== null);
}

function nameOf(emitter: object): string {
  if (emitter === process) return 'process';
  const made: unknown = emitter.constructor;
  return typeof made === 'function' && made.name !== '' ? made.name : 'an emitter';
}

function* listenersOf(emitter: EventEmitter | EventTarget): Generator<[string, object]> {
  if (emitter instanceof EventTarget) {
    for (const type of typesOf(emitter))
      for (const listener of getEventListeners(emitter, type)) yield [`"${type}"`, listener];
    return;
  }
  // By Node's own methods: an emitter may have others, or borrow `on` alone.
  for (const event of EventEmitter.prototype.eventNames.call(emitter)) {
    const name = typeof event === 'symbol' ? String(event) : `"${event}"`;
    for (const listener of EventEmitter.prototype.rawListeners.call(emitter, event)) yield [name, listener];
  }
}

/** The names under which an event target has listeners: Node shows them under a symbol of its own only. */
function typesOf(target: EventTarget): string[] {
  const symbol = Object.getOwnPropertySymbols(target).find(({ description }) => description === 'kEvents');
  const events: unknown = symbol && Reflect.get(target, symbol);
  // A map of Node's own, which has no prototype that scripts could change.
  if (!types.isMap(events)) return [];
  return [...Map.prototype.keys.call(events)].filter(type => typeof type === 'string');
}
