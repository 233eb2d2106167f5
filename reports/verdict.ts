import {
  type Comparison,
  type Finding,
  HEAP_ARRAY_BUFFERS,
  HEAP_EXTERNAL,
  HEAP_USED,
  isClass,
  isContainerStore,
  isHeap,
  isInBytes,
  isPopulation,
  iterationsDone,
  type JudgedTrial,
  type Plateau,
  threadHeaps,
} from '../harness/model.ts';
import { badge, isShownOnly } from './badge.ts';
import { besideTexts } from './base-wording.ts';
import { courseText } from './course-wording.ts';
import { formatByteRate, formatBytes, formatCount } from './format.ts';
import { inconclusiveAdvice, inconclusiveText } from './inconclusive-wording.ts';
import {
  estimateOf,
  isInterrupted,
  outcomeOf,
  type ScenarioGroup,
  sampleCount,
  seriesOf,
  standingOf,
  trialLabel,
} from './judged.ts';
import { limitText } from './limit-wording.ts';
import { besideBase, notable, toldOnce } from './notable.ts';
import { acceptedText, faultText, findingText, metricName, plateauText } from './wording.ts';

/** One trial's verdict in words. */
export interface VerdictLine {
  /** `LEAK`, `steady`, `inconclusive`, `CRASHED`; `not judged` of a trial with the JIT on. */
  readonly badge: string;
  readonly label: string;
  /** `AS EXPECTED`, or `NOT EXPECTED (should be steady)`; what it is that decides nothing. */
  readonly expectation: string;
  /** Everything known, with units. */
  readonly facts: string;
  /** Stack or last output of a fault; empty otherwise. */
  readonly detail: string;
  /** What a scenario had printed before its error, under a heading; empty otherwise. */
  readonly printed: string;
}

/** Says all that a trial's verdict holds, in one line of plain text. */
export function verdictLine(judged: JudgedTrial, group: ScenarioGroup): VerdictLine {
  const fault = judged.result.outcome === 'faulted' ? judged.result.fault : undefined;
  return {
    badge: badge(judged),
    label: trialLabel(judged, group),
    expectation: expectation(judged),
    facts: facts(judged, group.per),
    detail: fault?.detail ?? '',
    printed: fault?.printed === undefined ? '' : `It had printed:\n${fault.printed}`,
  };
}

/** Heap growth with its interval, where the heap was judged: `heap +1.2 B/reload [-0.4, 2.9]`. */
export function heapText(judged: JudgedTrial, per: string): string {
  const heap = estimateOf(judged, HEAP_USED);
  return heap === undefined ? '' : `heap ${formatByteRate(heap.slope, heap.low, heap.high, per)}`;
}

/** The null run: `steady, heap +1.2 B/iteration [-0.4, 2.9]`. What was cut off says nothing of the harness. */
export function nullRunText(judged: JudgedTrial): string {
  if (isInterrupted(judged)) return 'interrupted';
  return [outcomeOf(judged), heapText(judged, 'iteration')].filter(isText).join(', ');
}

function expectation(judged: JudgedTrial): string {
  switch (standingOf(judged)) {
    case 'met':
      return 'AS EXPECTED';
    case 'missed':
      return `NOT EXPECTED (should ${judged.result.trial.expect === 'leak' ? 'leak' : 'be steady'})`;
    case 'base':
      return 'the base, decides nothing';
    case 'jit':
      return "V8's default flags, decides nothing";
    case 'interrupted':
      return 'decides nothing';
  }
}

/** Everything known, and how long the run was where it was not as long as planned. */
function facts(judged: JudgedTrial, per: string): string {
  return [growthFacts(judged, per), courseText(judged, per)].filter(isText).join('; ');
}

function growthFacts(judged: JudgedTrial, per: string): string {
  if (judged.result.outcome === 'faulted') {
    const { fault } = judged.result;
    const advice = fault.kind === 'hung' ? '; --deadline gives it longer' : '';
    return `${faultText(fault)}; ${formatCount(sampleCount(judged), 'sample')} kept${advice}`;
  }
  const { verdict, base } = judged;
  if (isShownOnly(judged)) return shownText(judged, per);
  const compared = notable(judged);
  const known = verdict.outcome === 'leak' ? compared.filter(one => !isNews(one)) : compared;
  const beside = [...besideTexts(judged, known, per), besideBaseText(judged, per)].filter(isText);
  // Said beside its base already.
  const heap = compared.some(({ metric }) => isHeap(metric)) ? '' : heapText(judged, per);
  // Of a heap in which something leaks, flat within the allowance would read as a denial.
  const told = verdict.plateaus.filter(({ metric }) => verdict.outcome !== 'leak' || !isHeap(metric));
  const plateaus = told.map(plateau => plateauText(plateau, per, goesOn(judged, plateau)));
  switch (verdict.outcome) {
    case 'leak':
      return [newsText(judged, per), ...beside, offHeapText(judged, per), ...plateaus]
        .filter(isText)
        .join('; ');
    case 'steady':
      return [
        heap,
        ...beside,
        ...accepted(judged, per),
        ...plateaus,
        limitText(verdict.limit, per, base ? ' beyond the base' : '', threadHeaps(judged.series)),
      ]
        .filter(isText)
        .join('; ');
    case 'inconclusive': {
      const text = inconclusiveText(verdict.reason, verdict.metric);
      const advice = inconclusiveAdvice(verdict.reason, iterationsDone(judged));
      const spans =
        verdict.reason === 'interval-spans-allowance' && verdict.metric?.kind !== 'exact'
          ? ` of ${allowance(judged, per)}${base ? ' beyond the base' : ''}`
          : '';
      return [heap, ...beside, ...plateaus, `${text}${spans}: ${advice}`].filter(isText).join('; ');
    }
  }
}

/**
 * What a leak has off the heap that grew for certain and is none of its findings, as it slowed down: that may be most
 * of what stays. Array buffers are a part of external memory.
 */
function offHeapText(judged: JudgedTrial, per: string): string {
  const { verdict, base, result } = judged;
  if (verdict.outcome !== 'leak' || base) return '';
  const metrics = [HEAP_EXTERNAL, HEAP_ARRAY_BUFFERS];
  if (verdict.findings.some(({ metric }) => metrics.includes(metric.name))) return '';
  const [grown] = metrics
    .flatMap(name => estimateOf(judged, name) ?? [])
    .filter(({ low }) => low > result.trial.options.allowance);
  if (!grown) return '';
  const { metric, slope, low, high } = grown;
  return `${metricName(metric)} ${formatByteRate(slope, low, high, per)}, which may be filling up`;
}

/** The growth alone of what is shown and not judged. */
export function shownText(judged: JudgedTrial, per: string): string {
  const { verdict } = judged;
  return verdict.outcome === 'leak' ? findings(judged, verdict.findings, [], per) : heapText(judged, per);
}

/** Why bytes and counts are steady that look as if they were not; of a count that is flat since, the plateau tells. */
function accepted({ verdict, result }: JudgedTrial, per: string): string[] {
  if (verdict.outcome !== 'steady') return [];
  const flat = verdict.plateaus.map(({ metric }) => metric.name);
  const untold = (verdict.accepted ?? []).filter(
    ({ metric }) => metric.kind !== 'exact' || !flat.includes(metric.name),
  );
  return untold.map(one => acceptedText(one, result.trial.options.allowance, per));
}

const FINDINGS_SHOWN = 4;
const CLASSES_SHOWN = 3;

/** What a leak is: against a base what that does not have, or may not have, before what else grew. */
export function newsText(judged: JudgedTrial, per: string): string {
  const { verdict } = judged;
  if (verdict.outcome !== 'leak') return '';
  const compared = notable(judged);
  const own = untold(toldOnce(verdict.findings), compared);
  return [...besideTexts(judged, compared.filter(isNews), per), findings(judged, own, compared, per)]
    .filter(isText)
    .join('; ');
}

/** Share of what it had gained, gained since, from which on a heap is not said to have stayed flat. */
const FLAT_SHARE = 1 / 10;

/** Whether bytes that came to rest, within what is accepted, certainly grew, and visibly so after that. */
function goesOn(judged: JudgedTrial, { metric, after, growth }: Plateau): boolean {
  const { low = 0 } = estimateOf(judged, metric.name) ?? {};
  const { points = [] } = seriesOf(judged, metric.name) ?? {};
  const later = points.filter(({ iteration }) => iteration >= after);
  const gained = (later.at(-1)?.value ?? 0) - (later[0]?.value ?? 0);
  return isInBytes(metric) && low > 0 && gained >= growth * FLAT_SHARE;
}

/** Growth that the base does not have, or may not have. */
function isNews({ change }: Comparison): boolean {
  return change === 'worse' || change === 'unclear';
}

/** Findings of which no comparison tells; no stores of containers, which a base does not keep, where one tells of classes. */
function untold(found: readonly Finding[], compared: readonly Comparison[]): readonly Finding[] {
  const hasClasses = compared.some(({ metric }) => isClass(metric));
  return found.filter(
    ({ metric }) =>
      !compared.some(one => one.metric.name === metric.name) && !(hasClasses && isContainerStore(metric)),
  );
}

/** Exact counts first, bytes last; the first exact count says over how many windows it held. */
function findings(
  judged: JudgedTrial,
  all: readonly Finding[],
  compared: readonly Comparison[],
  per: string,
): string {
  const found = toldOnce(all);
  const classes = found.filter(({ metric }) => isClass(metric));
  const exact = found.filter(({ metric }) => metric.kind === 'exact' && !isClass(metric));
  const bytes = found.filter(finding => finding.metric.kind !== 'exact');
  const shown = exact.slice(0, FINDINGS_SHOWN - 1).map((finding, place) => {
    const isTold = place === 0 && finding.exactMultiple && finding.estimate.points > 1;
    return `${findingText(finding, per)}${isTold ? ` (${witnessText(finding)})` : ''}`;
  });
  const hidden = exact.length - shown.length;
  if (hidden > 0) shown.push(`${formatCount(hidden, 'more count')} growing`);
  const heapTold = [...bytes, ...compared].some(({ metric }) => isHeap(metric));
  if (!heapTold) shown.push(heapText(judged, per));
  const growth = [...shown, ...bytes.map(finding => findingText(finding, per))].filter(isText).join(', ');
  const heading = compared.some(({ metric }) => isClass(metric)) ? 'kept, and not known of the base' : 'kept';
  return [growth, listed(heading, classes, per)].filter(isText).join('; ');
}

/** Over what a count grew by the same each time; objects are not counted in every window. */
function witnessText({ metric, estimate: { points } }: Finding): string {
  return isPopulation(metric) ? formatCount(points, 'reading') : formatCount(points - 1, 'window');
}

function besideBaseText(judged: JudgedTrial, per: string): string {
  const classes = besideBase(judged);
  return listed(
    `${classes.length === 1 ? 'grows too, and is' : 'grow too, and are'} not in the base`,
    classes,
    per,
  );
}

/** Classes of which heap snapshots held ever more, under a heading; empty without any. */
function listed(heading: string, classes: readonly Finding[], per: string): string {
  if (classes.length === 0) return '';
  const shown = classes.slice(0, CLASSES_SHOWN).map(finding => findingText(finding, per));
  const hidden = classes.length - shown.length;
  if (hidden > 0) shown.push(`${formatCount(hidden, 'more class')}`);
  return `${heading}: ${shown.join(', ')}`;
}

function allowance(judged: JudgedTrial, per: string): string {
  return `${formatBytes(judged.result.trial.options.allowance)}/${per}`;
}

function isText(text: string): boolean {
  return text !== '';
}
