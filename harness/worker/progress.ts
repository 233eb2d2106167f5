/** Where the worker is, for the message of a fault; plain fields, so that moving on allocates nothing. */
export class Progress {
  phase: 'load' | 'setup' | 'warm-up' | 'iteration' | 'teardown' = 'load';
  /** Measured iterations done. */
  iteration = 0;

  toString(): string {
    return this.phase === 'iteration' ? `iteration ${this.iteration}` : this.phase;
  }
}
