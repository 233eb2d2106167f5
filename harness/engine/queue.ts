/** Does jobs one after the other, in the order in which they were asked for; one that fails does not stop the next. */
export class Queue {
  #last: Promise<void> = Promise.resolve();

  /** What the job gives; it is not kept here, or it would live until the next job is done. */
  run<Result>(job: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(job);
    this.#last = result.then(ignore, ignore);
    return result;
  }
}

function ignore(): void {}
