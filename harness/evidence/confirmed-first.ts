import { className, type Evidence, type Verdict } from '../model.ts';

/**
 * Puts what the verdict names by class before all else that grew: evidence is taken over fewer iterations,
 * and a store that was still filling up in them, such as a buffer of the runtime's, looks like a leak there
 * and was found not to be one in the measured trial.
 */
export function confirmedFirst(evidence: Evidence, verdict: Verdict): Evidence {
  if (evidence.outcome === 'skipped' || verdict.outcome !== 'leak') return evidence;
  const names = verdict.findings.flatMap(({ metric }) => className(metric) ?? []);
  if (names.length === 0) return evidence;
  const told = new Set(evidence.objects.map(({ name }) => name));
  const isConfirmed = (kept: { readonly name: string }) =>
    names.some(name => name === kept.name || (!told.has(name) && isSameClass(name, kept.name)));
  return {
    ...evidence,
    objects: [
      ...evidence.objects.filter(isConfirmed),
      ...evidence.objects.filter(group => !isConfirmed(group)),
    ],
  };
}

/**
 * Whether a class of the verdict is one of the evidence, which knows more of plain objects: `Object {path,
 * body}` is its `Object {id, path, body}`, as the names of small numbers stand in hidden classes alone, and
 * `Array {size}` its `Array`.
 */
function isSameClass(told: string, kept: string): boolean {
  const [one, other] = [shapeOf(told), shapeOf(kept)];
  if (one?.plain !== (other?.plain ?? kept)) return false;
  if (!other) return one.plain === 'Array';
  const isShown = (property: string) => other.properties.includes(property);
  const shown = one.properties.findIndex(property => !isShown(property));
  if (shown < 0) return one.properties.length > 0;
  // Of many properties both name the first few.
  return other.isCut && shown > 0 && !one.properties.slice(shown).some(isShown);
}

interface Shape {
  readonly plain: string;
  readonly properties: readonly string[];
  /** There are more. */
  readonly isCut: boolean;
}

/** `Object {a, b, …}`; undefined where the name tells no properties. */
function shapeOf(name: string): Shape | undefined {
  const [, plain, list] = /^(\S+) \{(.*)$/.exec(name) ?? [];
  if (plain === undefined || list === undefined) return undefined;
  // A long name ends anywhere, without its brace.
  const isWhole = list.endsWith('}');
  const named = (isWhole ? list.slice(0, -1) : list).split(', ');
  const isCut = !isWhole || named.at(-1) === '…';
  return { plain, properties: isCut ? named.slice(0, -1) : named, isCut };
}
