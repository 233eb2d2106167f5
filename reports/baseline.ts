import {
  type BaseEntry,
  type Growth,
  isInBytes,
  type Json,
  type Metric,
  NATIVE_MEMORY,
} from '../harness/model.ts';
import { readSaved } from './saved.ts';
import { BASELINE_MAJOR, BASELINE_SCHEMA, type SavedBaseline } from './schema-baseline.ts';

type SavedEntry = SavedBaseline['scenarios'][string][string];
type SavedGrowth = SavedEntry['metrics'][string];

/** Where an editor finds the schema in a project that has installed leakgate. */
const SCHEMA_PATH = './node_modules/leakgate/reports/baseline.schema.json';
/** Bytes are not told more exactly than this: clean runs differ by as much. */
const LEAST_STEP = 1;
/** Of dividing by a step, as a share of it. */
const ERROR = 1e-6;

/**
 * The entries as a file to be reviewed: sorted by scenario, build and metric, one line per metric, figures
 * rounded to what their interval bears, so that measuring the same subject again changes little. Intervals
 * are only ever widened.
 */
export function renderBaseline(entries: readonly BaseEntry[]): string {
  const names = [...new Set(entries.map(({ scenario }) => scenario))].sort();
  const builds = (name: string) =>
    entries
      .filter(({ scenario }) => scenario === name)
      .map(entry => [entry.build, savedEntry(entry)] as const)
      .sort(byName);
  const saved: SavedBaseline = {
    $schema: SCHEMA_PATH,
    schemaVersion: `${BASELINE_MAJOR}.0.0`,
    scenarios: Object.fromEntries(names.map(name => [name, Object.fromEntries(builds(name))])),
  };
  return `${indented(saved, '')}\n`;
}

/**
 * Reads a saved baseline.
 * @throws {UnreadableFile} if the text is no JSON, no baseline, or of a newer major version.
 */
export function readBaseline(text: string): BaseEntry[] {
  const saved = readSaved(text, {
    what: 'baseline',
    major: BASELINE_MAJOR,
    field: 'scenarios',
    schema: BASELINE_SCHEMA,
  });
  return Object.entries(saved.scenarios).flatMap(([scenario, builds]) =>
    Object.entries(builds).map(([build, { metrics, ...entry }]) => ({
      scenario,
      build,
      ...entry,
      growths: Object.entries(metrics).map(([name, growth]) => readGrowth(name, growth)),
    })),
  );
}

function savedEntry({ growths, ...named }: BaseEntry): SavedEntry {
  const { scenario: _, build: __, ...entry } = named;
  const metrics = growths.map(growth => [growth.metric.name, savedGrowth(growth)] as const).sort(byName);
  const { nodeFlags, parameters } = entry;
  return {
    ...entry,
    nodeFlags: [...nodeFlags],
    parameters: Object.fromEntries(Object.entries(parameters).sort(byName)),
    metrics: Object.fromEntries(metrics),
  };
}

/** Rounded until the step fits the widened interval too, so that what was read back is written again unchanged. */
function savedGrowth(growth: Growth): SavedGrowth {
  const { metric, slope, low, high } = growth;
  const step = stepOf(metric.unit, (high - low) / 2);
  const rounded = {
    slope: decimal(Math.round(slope / step), step),
    low: decimal(Math.floor(low / step + ERROR), step),
    high: decimal(Math.ceil(high / step - ERROR), step),
  };
  if (stepOf(metric.unit, (rounded.high - rounded.low) / 2) > step)
    return savedGrowth({ metric, ...rounded });
  return { unit: metric.unit, slope: rounded.slope, interval: [rounded.low, rounded.high] };
}

/** What figures are rounded to: a tenth of the leading digit of the interval's half. */
function stepOf(unit: string, half: number): number {
  const step = half > 0 ? 10 ** (Math.floor(Math.log10(half)) - 1) : LEAST_STEP;
  return isInBytes({ unit }) ? Math.max(LEAST_STEP, step) : step;
}

/** A multiple of the step without the digits that binary fractions add; never minus zero. */
function decimal(multiple: number, step: number): number {
  return Number((multiple * step).toPrecision(12)) + 0;
}

function readGrowth(name: string, { unit, slope, interval: [low, high] }: SavedGrowth): Growth {
  return { metric: { name, unit, kind: kindOf(name, unit) }, slope, low, high };
}

function kindOf(name: string, unit: string): Metric['kind'] {
  if (name === NATIVE_MEMORY) return 'pages';
  return isInBytes({ unit }) ? 'bytes' : 'exact';
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** JSON with every object that holds no further ones on one line. */
function indented(value: Json, indent: string): string {
  if (!isObject(value) || !Object.values(value).some(isObject))
    return JSON.stringify(value, null, 1).replace(/\n */g, ' ');
  const inner = `${indent}  `;
  const fields = Object.entries(value).map(
    ([name, field]) => `${inner}${JSON.stringify(name)}: ${indented(field, inner)}`,
  );
  return `{\n${fields.join(',\n')}\n${indent}}`;
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
