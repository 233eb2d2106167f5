/** Where the worker is, for the message of a fault; plain fields, so that moving on allocates nothing. */
export class Progress {
  phase: 'load' | 'setup' | 'warm-up' | 'iteration' | 'teardown' = 'load';
  /** Measured iterations done. */
  iteration = 0;
  /** Iterations of the warm-up, which the scenario's own count includes. */
  warmup = 0;

  /** For a process that is ended from outside and still hears of it. */
  unended(): string {
    const where = this.phase === 'warm-up' ? `iteration ${this.iteration} of the warm-up` : String(this);
    return `${where}, which had not ended`;
  }

  toString(): string {
    if (this.phase !== 'iteration') return this.phase;
    return `iteration ${this.iteration} (${this.warmup + this.iteration} with warm-up)`;
  }
}
