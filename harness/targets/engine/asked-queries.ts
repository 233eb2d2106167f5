import type { Milliseconds } from '../../model.ts';

/** No answer for this long: the query counts as lost. */
const LOST_AFTER: Milliseconds = 2000;

interface Pending {
  readonly name: string;
  readonly sentAt: Milliseconds;
}

/** What became of queries, which DNS tells apart by ids of 16 bits: counts those that are answered, lost, or answered wrongly. */
export class AskedQueries {
  readonly counts = { sent: 0, answered: 0, lost: 0, wrong: 0 };
  readonly #addresses: { readonly [name: string]: string };
  readonly #pending = new Map<number, Pending>();
  /** Names of lost queries, whose answers may still come, until their ids are used again. */
  readonly #late = new Map<number, string>();
  #lastId = 0;

  /** `addresses`: the one right answer to each name. */
  constructor(addresses: { readonly [name: string]: string }) {
    this.#addresses = addresses;
  }

  get inFlight(): number {
    return this.#pending.size;
  }

  /** Returns the id of a new query, which none in flight has. */
  ask(name: string, now: Milliseconds): number {
    do this.#lastId = (this.#lastId + 1) & 0xffff;
    while (this.#pending.has(this.#lastId));
    this.#late.delete(this.#lastId);
    this.#pending.set(this.#lastId, { name, sentAt: now });
    this.counts.sent++;
    return this.#lastId;
  }

  /** Takes an answer; what nobody asked, or was answered before, is wrong. `address`: undefined if it is anything else. */
  answer(id: number, address: string | undefined): void {
    const name = this.#pending.get(id)?.name ?? this.#late.get(id);
    if (this.#pending.delete(id)) this.counts.answered++;
    this.#late.delete(id);
    if (name === undefined || address !== this.#addresses[name]) this.counts.wrong++;
  }

  /** Gives up what has been asked too long ago. */
  dropLost(now: Milliseconds): void {
    for (const [id, { name, sentAt }] of this.#pending) {
      if (now - sentAt < LOST_AFTER) return;
      this.#pending.delete(id);
      this.#late.set(id, name);
      this.counts.lost++;
    }
  }
}
