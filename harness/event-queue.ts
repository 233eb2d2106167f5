/** Hands what is pushed to one reader, in order, as an async iterable that ends when the queue is closed and empty. */
export class EventQueue<T> implements AsyncIterable<T> {
  #waiting: T[] = [];
  #closed = false;
  #wake: () => void = () => {};

  push(event: T): void {
    this.#waiting.push(event);
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const events = this.#waiting;
      this.#waiting = [];
      yield* events;
      if (this.#waiting.length > 0) continue;
      if (this.#closed) return;
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }
}
