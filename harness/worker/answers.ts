import type { Next } from './protocol.ts';

/** Hands each answer of the parent to the one who waits for it; one that comes early is kept. */
export class Answers {
  #kept: Next | undefined;
  #waiting: ((next: Next) => void) | undefined;

  give(next: Next): void {
    if (this.#waiting) this.#waiting(next);
    else this.#kept = next;
    this.#waiting = undefined;
  }

  next(): Promise<Next> {
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept) return Promise.resolve(kept);
    return new Promise(resolve => {
      this.#waiting = resolve;
    });
  }
}
