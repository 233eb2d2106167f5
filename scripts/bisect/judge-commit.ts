import { LeakgateError } from '../../harness/errors.ts';
import { decides, type JudgedTrial, type Report } from '../../harness/model.ts';
import { scenarioGroups } from '../../reports/judged.ts';
import { verdictLine } from '../../reports/verdict.ts';
import { type GateRequest, gate } from '../gate.ts';
import { type Surroundings, silent } from '../surroundings.ts';

/**
 * What the gate says of one commit. `untestable`: it does not build, cannot be run, faults, or leaves the
 * verdict open.
 */
export interface CommitVerdict {
  readonly outcome: 'steady' | 'leaks' | 'untestable';
  /** Verdict lines, or why it cannot be tested. */
  readonly text: string;
  /** Of the gate, where it came to its end. */
  readonly report?: Report;
}

/**
 * Runs the gate of this leakgate, whichever the commit depends on, on what lies in `folder`.
 * @throws the signal's reason if it is aborted.
 */
export async function judgeCommit(
  request: GateRequest,
  folder: string,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<CommitVerdict> {
  let report: Report | undefined;
  try {
    await gate(
      {
        ...request,
        done: finished => {
          report = finished;
        },
      },
      silent(folder, surroundings.env, surroundings),
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof LeakgateError) return { outcome: 'untestable', text: error.message };
    throw error;
  }
  signal.throwIfAborted();
  if (!report) return { outcome: 'untestable', text: 'the gate was interrupted' };
  return { ...verdictOf(report), report };
}

/** A build that should be steady and is not leaks; one that faults or stays in doubt tells nothing. */
export function verdictOf(report: Report): CommitVerdict {
  const judged = report.trials.filter(decides).filter(({ result }) => result.trial.expect === 'steady');
  const leaking = judged.filter(
    ({ result, verdict }) => result.outcome === 'completed' && verdict.outcome === 'leak',
  );
  if (leaking.length > 0) return { outcome: 'leaks', text: linesOf(leaking, report) };
  const open = judged.filter(
    ({ result, verdict }) => result.outcome === 'faulted' || verdict.outcome !== 'steady',
  );
  if (open.length > 0) return { outcome: 'untestable', text: linesOf(open, report) };
  if (judged.length > 0) return { outcome: 'steady', text: linesOf(judged, report) };
  return { outcome: 'untestable', text: 'no build is expected to be steady' };
}

function linesOf(trials: readonly JudgedTrial[], report: Report): string {
  return scenarioGroups(report)
    .flatMap(group =>
      group.trials
        .filter(judged => trials.includes(judged))
        .map(judged => verdictLine(judged, group))
        .map(({ badge, label, facts }) => `${badge}  ${group.name} ${label}  ${facts}`),
    )
    .join('\n');
}
