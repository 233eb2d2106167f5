import { formatDuration } from '../../corefile/duration.ts';
import type { Log, LogLevel } from '../../log.ts';
import type { Scope } from '../../scope.ts';

export interface ConsolidationRule {
  /** Milliseconds from the first error to the line that sums them up. */
  readonly period: number;
  readonly pattern: RegExp;
  readonly level: LogLevel;
}

/** Counts errors of one pattern and logs their number instead of each one. Has a timer only while some are pending. */
export class Consolidation {
  readonly #rule: ConsolidationRule;
  readonly #scope: Scope;
  readonly #log: Log;
  #count = 0;
  #pending = false;
  #stopped = false;

  constructor(rule: ConsolidationRule, scope: Scope, log: Log) {
    this.#rule = rule;
    this.#scope = scope;
    this.#log = log;
    scope.defer('errors:consolidate', () => this.#stop());
  }

  /** Takes the error if it matches; false means that the caller has to log it. */
  take(message: string): boolean {
    if (this.#stopped || !this.#rule.pattern.test(message)) return false;
    this.#count++;
    if (!this.#pending) this.#scope.after('errors:consolidate', this.#rule.period, () => this.#flush());
    this.#pending = true;
    return true;
  }

  /** Logs what is pending; errors of queries that are still being answered are no longer taken. */
  #stop(): void {
    this.#stopped = true;
    this.#flush();
  }

  #flush(): void {
    this.#pending = false;
    if (this.#count === 0) return;
    const { level, pattern, period } = this.#rule;
    this.#log(
      level,
      `plugin/errors: ${this.#count} errors like '${pattern.source}' occurred in last ${formatDuration(period)}`,
    );
    this.#count = 0;
  }
}
