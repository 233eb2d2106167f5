import { join } from 'node:path';
import { confirmedFirst } from '../harness/evidence/confirmed-first.ts';
import { takeEvidence } from '../harness/evidence/evidence.ts';
import { planAfter } from '../harness/evidence/evidence-plan.ts';
import { nativeEvidence } from '../harness/evidence/native-evidence.ts';
import type { Evidence, JudgedTrial } from '../harness/model.ts';
import type { OutputFolder } from './output-folder.ts';

export interface EvidenceWish {
  readonly keepSnapshots: boolean;
}

/**
 * Says of each build that leaks why, from one more trial: after the first that ended as a leak, or as one in which
 * something had not stopped growing. One at a time: each may take as much memory again as what leaks.
 */
export class LeakExplainer {
  readonly #wish: EvidenceWish;
  readonly #output: OutputFolder;
  readonly #say: (line: string) => void;
  readonly #taken = new Map<string, Promise<Evidence>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(wish: EvidenceWish, output: OutputFolder, say: (line: string) => void) {
    this.#wish = wish;
    this.#output = output;
    this.#say = say;
  }

  /** Does nothing where nothing grew to the end of the trial, its build was explained, or nobody waits for it any more. */
  async explain(judged: JudgedTrial, signal: AbortSignal): Promise<void> {
    const build = buildOf(judged);
    if (!grewToTheEnd(judged) || this.#taken.has(build) || signal.aborted) return;
    const taken = this.#last.then(() => this.#take(judged, signal));
    this.#taken.set(build, taken);
    // Of one that fails those who wait for it are told.
    this.#last = taken.catch(() => {});
    await taken;
  }

  /**
   * Of every build in which something grew to the end, in the order of the trials; those that have not been explained are
   * now, one by one.
   */
  async explained(trials: readonly JudgedTrial[], signal: AbortSignal): Promise<Evidence[]> {
    for (const judged of trials) await this.explain(judged, signal);
    const builds = new Set(trials.filter(grewToTheEnd).map(buildOf));
    return Promise.all([...builds].flatMap(build => this.#taken.get(build) ?? []));
  }

  async #take(judged: JudgedTrial, signal: AbortSignal): Promise<Evidence> {
    const { trial } = judged.result;
    const { scenario, build } = trial;
    if (signal.aborted) return { scenario, build, outcome: 'skipped', reason: 'interrupted' };
    this.#say(`Looking for what ${scenario} ${build} keeps`);
    const taken = await takeEvidence(trial, {
      plan: planAfter(judged, { allocationStacks: false }),
      ...(this.#wish.keepSnapshots && { keepIn: join(this.#output.path, 'snapshots') }),
      signal,
    });
    return nativeEvidence(confirmedFirst(taken, judged.verdict), judged.verdict);
  }
}

/** With stable flags: others decide nothing. */
function grewToTheEnd({ result, verdict }: JudgedTrial): boolean {
  const isJudged = result.trial.variant === 'stable' && result.outcome === 'completed';
  const isOpen = verdict.outcome === 'inconclusive' && verdict.reason === 'still-filling';
  return isJudged && (verdict.outcome === 'leak' || isOpen);
}

function buildOf({ result: { trial } }: JudgedTrial): string {
  return `${trial.scenario} ${trial.build}`;
}
