import type { CertifiedRun, Milliseconds, ScenarioDescription } from '../harness/model.ts';
import { certifiedRunText, plantText } from './certification-wording.ts';
import { formatCount, formatDuration } from './format.ts';
import { printableText } from './printable.ts';

export interface CertifyProgressOptions {
  /** What one iteration is called. */
  readonly unit: string;
  /** Trials at once. */
  readonly jobs: number;
}

/** A run with something planted takes so many times as long as one without, as it is prolonged where it is in doubt. */
const PROLONGED = 3;

/** One line before the first run, and one after each, with about how long it will go on. */
export class CertifyProgress {
  readonly #options: CertifyProgressOptions;
  readonly #clean: Milliseconds[] = [];
  readonly #planted: Milliseconds[] = [];

  constructor(options: CertifyProgressOptions) {
    this.#options = options;
  }

  /** `left`: runs that are to come, about. */
  begin({ name }: ScenarioDescription, left: number): string {
    return `certifying ${printableText(name)}: about ${formatCount(left, 'run')}, first some without a plant`;
  }

  ended(run: CertifiedRun, left: number): string {
    (run.plant ? this.#planted : this.#clean).push(run.wall);
    const { unit, jobs } = this.#options;
    const what = run.plant ? plantText(run.plant, unit) : 'nothing planted';
    const time = left === 0 ? '' : `; about ${formatDuration(roughly((this.#pace() * left) / jobs))} left`;
    return printableText(`${what}: ${certifiedRunText(run, unit)}${time}`);
  }

  /** Of a run. */
  #pace(): Milliseconds {
    return this.#planted.length > 0 ? mean(this.#planted) : mean(this.#clean) * PROLONGED;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** To 10 s, upwards. */
function roughly(time: Milliseconds): Milliseconds {
  return Math.ceil(time / 10_000) * 10_000;
}
