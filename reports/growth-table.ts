import {
  type Change,
  type Estimate,
  HEAP_USED,
  isPopulation,
  isWatched,
  type JudgedTrial,
  type Metric,
  type Report,
} from '../harness/model.ts';
import { badge, isShownOnly } from './badge.ts';
import { comparisonsText } from './base-wording.ts';
import { formatByteInterval, formatCountRateShort } from './format.ts';
import {
  EXPECTED_TEXTS,
  estimateOf,
  leadingMemory,
  type Outcome,
  outcomeOf,
  type ScenarioGroup,
  scenarioGroups,
  standingOf,
  trialLabel,
} from './judged.ts';
import { drifts, gravestFirst } from './notable.ts';
import { type Cell, cell, type Table, type Tone } from './table.ts';
import { metricName } from './wording.ts';

/** Of what decides nothing by the JIT, none. */
export function toneOf(judged: JudgedTrial): Tone {
  return isShownOnly(judged) ? 'quiet' : OUTCOME_TONES[outcomeOf(judged)];
}

const OUTCOME_TONES: { readonly [outcome in Outcome]: Tone } = {
  leak: 'bad',
  steady: 'good',
  inconclusive: 'doubt',
  fault: 'bad',
};

/**
 * One section per scenario, one row per trial: growth of heap and counts per iteration, verdict, and whether
 * it was expected.
 */
export function growthTable(report: Report): Table {
  const groups = scenarioGroups(report);
  const counts = countColumns(report.trials);
  const memory = leadingMemory(report.trials);
  return {
    title: 'Growth',
    columns: [
      { title: 'build', align: 'left' },
      { title: 'heap', align: 'right' },
      ...(memory ? [{ title: metricName(memory), align: 'right' as const }] : []),
      ...counts.map(count => ({ title: count.title, align: 'right' as const })),
      ...(isCompared(report) ? [{ title: 'vs base', align: 'left' as const }] : []),
      { title: 'verdict', align: 'left' },
      { title: 'expected', align: 'left' },
    ],
    sections: groups.map(group => ({
      title: `${group.name}, per ${group.per}`,
      rows: group.trials.map(judged => row(judged, group, { memory, counts, compared: isCompared(report) })),
    })),
  };
}

/** What the columns between the build and the verdict show. */
interface Columns {
  /** Memory other than the heap that leaks in some trial. */
  readonly memory: Metric | undefined;
  readonly counts: readonly CountColumn[];
  readonly compared: boolean;
}

/** One column of counts: the growth of one metric, or of several of a kind together. */
interface CountColumn {
  readonly title: string;
  readonly kind: string;
}

/** Timers, watched classes and descriptors always, every other exact count only if it moved. */
function countColumns(trials: readonly JudgedTrial[]): readonly CountColumn[] {
  const shown = trials
    .flatMap(judged => judged.verdict.estimates)
    .filter(estimate => isExact(estimate) && (isAlwaysShown(estimate.metric) || certainSlope(estimate) !== 0))
    .map(estimate => estimate.metric);
  const titles = new Map(shown.map(metric => [kindOf(metric), columnTitle(metric)]));
  const watched = [...new Set(shown.filter(isWatched).map(kindOf))].sort();
  const first = ['timers', ...watched, 'descriptors', 'handles'];
  const rest = [...titles.keys()].filter(kind => !first.includes(kind)).sort();
  return [...first, ...rest].flatMap(kind => {
    const title = titles.get(kind);
    return title === undefined ? [] : { kind, title };
  });
}

function isAlwaysShown(metric: Metric): boolean {
  return isWatched(metric) || ['timers', 'descriptors'].includes(kindOf(metric));
}

/** `descriptors.socket` and `descriptors.file` share a column; instances have one per class. */
function kindOf(metric: Metric): string {
  return isWatched(metric) ? metric.name : metric.name.replace(/\..*/, '');
}

function columnTitle(metric: Metric): string {
  if (isPopulation(metric)) return 'objects';
  return isWatched(metric) ? metricName(metric) : kindOf(metric);
}

function isExact(estimate: Estimate): boolean {
  return estimate.metric.kind === 'exact';
}

function isCompared({ trials }: Report): boolean {
  return trials.some(({ base }) => base !== undefined);
}

function row(
  judged: JudgedTrial,
  group: ScenarioGroup,
  { memory, counts, compared }: Columns,
): readonly Cell[] {
  return [
    cell(trialLabel(judged, group)),
    bytesCell(judged, HEAP_USED),
    ...(memory ? [bytesCell(judged, memory.name)] : []),
    ...counts.map(count => countCell(judged, count)),
    ...(compared ? [baseCell(judged)] : []),
    cell(badge(judged), toneOf(judged)),
    expectedCell(judged),
  ];
}

/** A trial that decides nothing meets or misses nothing. */
function expectedCell(judged: JudgedTrial): Cell {
  const standing = standingOf(judged);
  return cell(EXPECTED_TEXTS[standing], standing === 'missed' ? 'bad' : 'quiet');
}

function baseCell({ base }: JudgedTrial): Cell {
  const [gravest] = gravestFirst(base?.comparisons ?? []);
  if (!base || !gravest) return cell('-', 'quiet');
  return cell(comparisonsText(base.comparisons), CHANGE_TONES[gravest.change]);
}

const CHANGE_TONES: { readonly [change in Change]: Tone } = {
  worse: 'bad',
  unclear: 'doubt',
  better: 'good',
  same: 'plain',
};

function bytesCell(judged: JudgedTrial, metric: string): Cell {
  const estimate = estimateOf(judged, metric);
  return estimate === undefined
    ? cell('-', 'quiet')
    : cell(formatByteInterval(estimate.slope, estimate.low, estimate.high));
}

function countCell(judged: JudgedTrial, count: CountColumn): Cell {
  const covered = judged.verdict.estimates.filter(
    estimate => isExact(estimate) && kindOf(estimate.metric) === count.kind,
  );
  if (covered.length === 0) return cell('-', 'quiet');
  const growing = covered.filter(estimate => !isRestless(judged, estimate));
  const slope = growing.reduce((sum, estimate) => sum + certainSlope(estimate), 0);
  const grew = slope > 0 && toneOf(judged) === 'bad';
  const text = slope === 0 && growing.length < covered.length ? '~0' : formatCountRateShort(slope);
  return cell(text, grew ? 'bad' : 'plain');
}

/** Whether it became more in a steady build by rising and falling, or by turnover: its slope is no rate. */
function isRestless(judged: JudgedTrial, { metric }: Estimate): boolean {
  const { verdict } = judged;
  if (verdict.outcome !== 'steady' || drifts(judged)) return false;
  return verdict.accepted?.some(one => one.metric.name === metric.name) ?? false;
}

/** A decline smaller than this, per iteration, is one thing that went away at some point. */
const LEAST_DECLINE = 0.05;

/** Zero where the estimate allows no growth, and for declines that are no rate. */
function certainSlope({ slope, low, high }: Estimate): number {
  const spansZero = low < 0 && high > 0;
  return spansZero || (slope < 0 && slope > -LEAST_DECLINE) ? 0 : slope;
}
