import { className, type Evidence, type Verdict } from '../model.ts';

/**
 * Puts what the verdict names by class before all else that grew: evidence is taken over fewer iterations, and a store that was
 * still filling up in them, such as a buffer of the runtime's, looks like a leak there and was found not to be one in the measured trial.
 */
export function confirmedFirst(evidence: Evidence, verdict: Verdict): Evidence {
  if (evidence.outcome === 'skipped' || verdict.outcome !== 'leak') return evidence;
  const names = verdict.findings.flatMap(({ metric }) => className(metric) ?? []);
  if (names.length === 0) return evidence;
  const isConfirmed = ({ name }: { readonly name: string }) => names.includes(name);
  return {
    ...evidence,
    objects: [
      ...evidence.objects.filter(isConfirmed),
      ...evidence.objects.filter(group => !isConfirmed(group)),
    ],
  };
}
