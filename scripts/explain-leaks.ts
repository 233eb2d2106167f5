import { join } from 'node:path';
import { confirmedFirst } from '../harness/evidence/confirmed-first.ts';
import { takeEvidence } from '../harness/evidence/evidence.ts';
import { planAfter } from '../harness/evidence/evidence-plan.ts';
import { nativeEvidence } from '../harness/evidence/native-evidence.ts';
import type { Evidence, JudgedTrial, Report } from '../harness/model.ts';
import type { OutputFolder } from './output-folder.ts';
import type { Surroundings } from './surroundings.ts';

export interface EvidenceWish {
  readonly keepSnapshots: boolean;
}

/**
 * Says of each build that leaks why, from one more trial each, one after the other. By then everything is
 * measured, so that nothing measured is changed by it.
 */
export async function explainLeaks(
  report: Pick<Report, 'trials'>,
  { keepSnapshots }: EvidenceWish,
  output: OutputFolder,
  { stderr }: Surroundings,
  signal: AbortSignal,
): Promise<Evidence[]> {
  const evidence: Evidence[] = [];
  for (const judged of leaking(report.trials)) {
    const { trial } = judged.result;
    if (!signal.aborted) stderr.write(`Looking for what ${trial.scenario} ${trial.build} keeps\n`);
    const taken = await takeEvidence(trial, {
      plan: planAfter(judged, { allocationStacks: false }),
      ...(keepSnapshots && { keepIn: join(output.path, 'snapshots') }),
      signal,
    });
    evidence.push(nativeEvidence(confirmedFirst(taken, judged.verdict), judged.verdict));
  }
  return evidence;
}

/** One trial for each scenario and build of which any trial with stable flags leaked. */
function leaking(trials: readonly JudgedTrial[]): JudgedTrial[] {
  const found = new Map<string, JudgedTrial>();
  for (const judged of trials) {
    const { scenario, build, variant } = judged.result.trial;
    if (variant !== 'stable' || judged.result.outcome !== 'completed') continue;
    const key = `${scenario} ${build}`;
    if (judged.verdict.outcome === 'leak' && !found.has(key)) found.set(key, judged);
  }
  return [...found.values()];
}
