import { type Assessment, type AssessRule, countAssessment } from './assess.ts';
import type { HeapTable, Metric, Series } from './model.ts';
import { growthOfCount } from './stats/count-growth.ts';
import { type Point, steps, tallestTooth } from './stats/point.ts';

/** Objects of one class that may come and go between two snapshots of a clean subject. */
const CLASS_SLACK = 8;
/** Stores of containers grow by doubling: what they must gain from each stage to the next, in bytes, */
const STORE_STEP = 128;
/** and how many stages must have brought it. */
const STORE_STEPS = 3;
/** What a stage brings at least, as a share of what the one before it brought, half as long: stores grow by jumps. */
const STORE_SHARE = 1 / 2;
/** More classes than this make no verdict clearer. */
const MOST_CLASSES = 12;

/** Classes that are named by a common noun. */
const PLURALS: ReadonlyMap<string, string> = new Map(
  [
    'bigint',
    'closure context',
    'concatenated string',
    'function',
    'number',
    'promise reaction',
    'regexp',
    'sliced string',
    'string',
    'symbol',
    'weak cell',
  ].map(noun => [noun, `${noun}s`]),
);

/** Whether a class is a store of containers, judged by its bytes: it grows without becoming more. */
const STORE = / store$/;

/**
 * What heap snapshots say of each class, the fastest growing first, at most twelve: only classes that grew. Objects are
 * judged as every count is. The stores of containers are judged by their bytes at the ends of the stages, each as long as all
 * before it, so that a store that doubles has to grow in each.
 */
export function assessClasses(
  tables: readonly HeapTable[],
  ends: readonly number[],
  rule: AssessRule,
): Assessment[] {
  return classSeries(tables)
    .map(series =>
      STORE.test(series.metric.name) ? assessStore(series, ends, rule) : assessClass(series, rule),
    )
    .filter(({ state }) => state === 'grows' || state === 'unread')
    .sort((a, b) => b.estimate.slope - a.estimate.slope)
    .slice(0, MOST_CLASSES);
}

/** One series per class, of its count or, of a store, its bytes. */
function classSeries(tables: readonly HeapTable[]): Series[] {
  const names = new Set(tables.flatMap(({ classes }) => Object.keys(classes)));
  return [...names].map(name => ({
    metric: metricOf(name),
    points: tables.map(({ iteration, classes }) => ({
      iteration,
      value: classes[name]?.[STORE.test(name) ? 'bytes' : 'count'] ?? 0,
    })),
  }));
}

function metricOf(name: string): Metric {
  return { name: `class.${name}`, unit: STORE.test(name) ? 'B' : (PLURALS.get(name) ?? name), kind: 'exact' };
}

function assessClass({ metric, points }: Series, rule: AssessRule): Assessment {
  const { state, judged } = growthOfCount(points, { ...rule, slack: CLASS_SLACK, warmup: 0, even: true });
  return countAssessment(metric, state, judged, rule);
}

function assessStore({ metric, points }: Series, ends: readonly number[], rule: AssessRule): Assessment {
  const judged = points.filter(({ iteration }) => ends.includes(iteration));
  const rises = steps(judged).map(({ rise }) => rise);
  const keepsGrowing =
    tallestTooth(points) < STORE_STEP &&
    rises.every((rise, place) => rise >= Math.max(STORE_STEP, (rises[place - 1] ?? 0) * STORE_SHARE));
  const lately = steps(points).at(-1)?.rise ?? 0;
  const few = lately >= STORE_STEP ? 'unread' : 'flat';
  const state = !keepsGrowing ? 'flat' : rises.length >= STORE_STEPS ? 'grows' : few;
  return countAssessment(metric, state, enough(judged, points), rule);
}

/** An estimate needs two readings. */
function enough(judged: readonly Point[], points: readonly Point[]): readonly Point[] {
  return judged.length > 1 ? judged : points;
}
