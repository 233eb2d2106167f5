import { type CertifyRule, kindOf, nextPlant, plantedTrial, powerCurve } from './certify.ts';
import {
  CERTIFIED_KINDS,
  type CertifiedBuild,
  type CertifiedKind,
  type CertifiedRun,
  type Trial,
} from './model.ts';

/**
 * The runs that certify one build: first some without a plant, which say what they would have caught, then of
 * each kind one after the other, as what is planted next depends on what was caught. Nothing is planted
 * beside a build that is not steady.
 */
export class CertifySchedule {
  readonly #clean: readonly Trial[];
  readonly #model: Trial;
  readonly #kinds: readonly CertifiedKind[];
  readonly #rule: CertifyRule;
  readonly #runs: CertifiedRun[] = [];
  readonly #running = new Map<string, Trial>();
  #cleanTaken = 0;

  /** @param clean trials of the same build, which the planted ones are like. */
  constructor(clean: readonly [Trial, ...Trial[]], kinds: readonly CertifiedKind[], rule: CertifyRule) {
    this.#clean = clean;
    this.#model = clean[0];
    this.#kinds = CERTIFIED_KINDS.filter(kind => kinds.includes(kind));
    this.#rule = rule;
  }

  /** The next trial to run; undefined while it depends on one that is running, and at the end. */
  take(): Trial | undefined {
    const trial = this.#nextClean() ?? this.#nextPlanted();
    if (trial) this.#running.set(trial.id, trial);
    return trial;
  }

  /** A trial that was taken has ended. */
  add(run: CertifiedRun): void {
    this.#running.delete(run.trial);
    this.#runs.push(run);
  }

  get build(): CertifiedBuild {
    const { build, options, parameters } = this.#model;
    return {
      build,
      trialOptions: options,
      parameters,
      curves: this.#kinds.map(kind => powerCurve(kind, this.#runs, this.#rule)),
      runs: [...this.#runs],
    };
  }

  /** Runs that are still to come, about. */
  get left(): number {
    const clean = this.#clean.length - this.#runs.filter(({ plant }) => !plant).length;
    if (clean === 0 && !this.#isSteady()) return 0;
    const planted = this.#kinds.map(kind => {
      if (!this.#busy().includes(kind) && !nextPlant(kind, this.#runs, this.#rule)) return 0;
      return Math.max(1, runsExpected(this.#rule) - this.#runsOf(kind));
    });
    return clean + planted.reduce((sum, runs) => sum + runs, 0);
  }

  #nextClean(): Trial | undefined {
    return this.#clean[this.#cleanTaken++];
  }

  #nextPlanted(): Trial | undefined {
    if ([...this.#running.values()].some(({ plant }) => !plant) || !this.#isSteady()) return undefined;
    const idle = this.#kinds.filter(kind => !this.#busy().includes(kind));
    for (const kind of idle.toSorted((a, b) => this.#runsOf(a) - this.#runsOf(b))) {
      const next = nextPlant(kind, this.#runs, this.#rule);
      if (next) return plantedTrial(this.#model, next.plant, next.nth);
    }
    return undefined;
  }

  #isSteady(): boolean {
    return this.#runs.some(({ plant, outcome }) => !plant && outcome === 'steady');
  }

  #busy(): CertifiedKind[] {
    return [...this.#running.values()].flatMap(({ plant }) => (plant ? [kindOf(plant)] : []));
  }

  #runsOf(kind: CertifiedKind): number {
    return this.#runs.filter(({ plant }) => plant && kindOf(plant) === kind).length;
  }
}

/** Of one kind: those that count, as many on three sizes beside it together, and one to find the place. */
function runsExpected({ repetitions }: CertifyRule): number {
  return 1 + 2 * Math.max(3, repetitions);
}
