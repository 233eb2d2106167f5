import {
  type CompletedEvidence,
  className,
  type Evidence,
  type Finding,
  isAsOften,
  isHeap,
  isResource,
  type KeptObjects,
  type Verdict,
} from '../model.ts';
import { classRank, SHAPE } from '../snapshot/class-rank.ts';
import { isStore } from '../snapshot/container-stores.ts';
import { MOST_PROPERTIES, shapeOf } from '../snapshot/shape.ts';

type LeakVerdict = Extract<Verdict, { outcome: 'leak' }>;

/**
 * Puts what the verdict names by class before all else that grew, objects before stores of containers:
 * evidence is taken over fewer iterations, and a store that was still filling up in them, such as a buffer of
 * the runtime's, looks like a leak there and was found not to be one in the measured trial. What holds as
 * many as the verdict found of a class that tells something, and is no item itself, counts as named. Of a leak
 * of what the runtime or the system holds open alone, beside a heap that may not grow at all, what came more
 * seldom is left out, and where nothing else is left, who allocated it.
 */
export function confirmedFirst(evidence: Evidence, verdict: Verdict): Evidence {
  if (evidence.outcome === 'skipped' || verdict.outcome !== 'leak') return evidence;
  if (isOfResourcesAlone(verdict)) return withoutRarer(evidence, verdict.findings);
  const found = new Map(
    verdict.findings.flatMap(({ metric, estimate }) => {
      const name = className(metric);
      return name === undefined ? [] : [[name, estimate.slope]];
    }),
  );
  if (found.size === 0) return evidence;
  const told = new Set(evidence.objects.map(({ name }) => name));
  const isNamed = (kept: KeptObjects) =>
    found.has(kept.name) || [...found.keys()].some(name => !told.has(name) && isSameClass(name, kept.name));
  const holdsNamed = (kept: KeptObjects) =>
    kept.with.some(
      ({ name, perIteration }) =>
        !told.has(name) && classRank(name) <= SHAPE && isAsOften(perIteration, found.get(name) ?? 0),
    );
  const rank = (kept: KeptObjects) => {
    if (isNamed(kept)) return isStore(kept.name) ? STORE : OBJECT;
    return holdsNamed(kept) ? OBJECT : UNNAMED;
  };
  return { ...evidence, objects: evidence.objects.toSorted((one, other) => rank(one) - rank(other)) };
}

const [OBJECT, STORE, UNNAMED] = [0, 1, 2];
/** By so many evidence may have fewer of something than the verdict found, of a dozen or more. */
const FEWER = 4;

function isOfResourcesAlone({ findings, estimates }: LeakVerdict): boolean {
  const heap = estimates.find(({ metric }) => isHeap(metric));
  return heap !== undefined && heap.low <= 0 && findings.every(({ metric }) => isResource(metric));
}

/** In another run a few may come less; and a single object that grows in place may be where descriptors are noted. */
function withoutRarer(evidence: CompletedEvidence, findings: readonly Finding[]): CompletedEvidence {
  const { allocations: _, ...rest } = evidence;
  if (rest.resources.length === 0) return evidence;
  const rarest = Math.min(...findings.map(({ estimate }) => estimate.slope));
  const objects = rest.objects.filter(
    ({ perIteration }) => perIteration === 0 || perIteration + FEWER / rest.iterations >= rarest,
  );
  if (objects.length === rest.objects.length) return evidence;
  return objects.length > 0 ? { ...evidence, objects } : { ...rest, objects };
}

/**
 * Whether a class of the verdict is one of the evidence, which knows more of plain objects: `Object {path,
 * body}` is its `Object {id, path, body}`, as the names of small numbers stand in hidden classes alone, and
 * `Array {size}` its `Array`; calls that wait have the class that V8 gives them.
 */
function isSameClass(told: string, kept: string): boolean {
  if (kept.startsWith('suspended ')) return told === 'Generator';
  if (kept === `generator ${told}()`) return true;
  const [one, other] = [shapeOf(told), shapeOf(kept)];
  if (one?.plain !== (other?.plain ?? kept)) return false;
  if (!other) return one.plain === 'Array';
  const isShown = (property: string) => other.properties.includes(property);
  const shown = one.properties.findIndex(property => !isShown(property));
  if (shown < 0) return one.properties.length > 0;
  if (!other.isCut) return false;
  // Of objects that differ the evidence names what they share; of many properties both name the first few.
  if (other.properties.length < MOST_PROPERTIES)
    return other.properties.length > 0 && 2 * one.properties.filter(isShown).length >= one.properties.length;
  return shown > 0 && !one.properties.slice(shown).some(isShown);
}
