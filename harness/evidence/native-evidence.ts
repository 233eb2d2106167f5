import { type Evidence, isNative, type Verdict } from '../model.ts';

const NOTHING =
  'native memory is not on the heap, which shows neither what it is nor who holds it: look at native modules, WebAssembly, shared buffers and open streams';

/**
 * Of a leak of native memory alone, what says something of it: single objects that grow in place, as the
 * buffer of a WebAssembly memory does. What else is new is known not to leak. Skipped evidence where there is
 * none.
 */
export function nativeEvidence(evidence: Evidence, verdict: Verdict): Evidence {
  if (evidence.outcome === 'skipped' || !isNativeAlone(verdict)) return evidence;
  const { allocations: _, ...rest } = evidence;
  const objects = evidence.objects.filter(({ perIteration }) => perIteration === 0);
  if (objects.length > 0) return { ...rest, objects, resources: [] };
  const { scenario, build } = evidence;
  return { scenario, build, outcome: 'skipped', reason: NOTHING };
}

function isNativeAlone(verdict: Verdict): boolean {
  return verdict.outcome === 'leak' && verdict.findings.every(({ metric }) => isNative(metric));
}
