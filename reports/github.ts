import type { Report } from '../harness/model.ts';
import { type CiCase, ciCases, problems } from './ci-case.ts';
import { evidenceLines, evidenceOf, evidenceSummaries, frameOf } from './ci-evidence.ts';
import { AS_GIVEN, type Place, type PlaceOptions, placeOf, placeOfCase } from './ci-places.ts';
import { printable } from './printable.ts';

/**
 * Workflow commands of GitHub Actions that become annotations: an error for each line of the program that created
 * what an unexpected leak keeps, or what holds it; for the rest one where it threw, or at the scenario; a warning where a
 * verdict is inconclusive. Empty for a green run.
 */
export function renderGithub(report: Report, options: PlaceOptions = AS_GIVEN): string {
  const shown = printable(report);
  const all = problems(ciCases(report)).flatMap(one => annotations(shown, one, options));
  return [...all.filter(one => isShown(one, all)), ...LEVELS.flatMap(level => rest(level, all))]
    .map(({ level, title, message, place }) => `${command(level, title, message, place)}\n`)
    .join('');
}

/** GitHub shows as many errors and as many warnings of a step, and drops the rest without a word. */
const SHOWN = 10;

const LEVELS = ['error', 'warning'] as const;

function isShown(one: Annotation, all: readonly Annotation[]): boolean {
  const alike = all.filter(({ level }) => level === one.level);
  return alike.length <= SHOWN || alike.indexOf(one) < SHOWN - 1;
}

function rest(level: Annotation['level'], all: readonly Annotation[]): readonly Annotation[] {
  const hidden = all.filter(one => one.level === level && !isShown(one, all)).length;
  if (hidden === 0) return [];
  return [{ level, title: `and ${hidden} more`, message: 'The report has them all.' }];
}

interface Annotation {
  readonly level: (typeof LEVELS)[number];
  readonly title: string;
  readonly message: string;
  readonly place?: Place;
}

function annotations(report: Report, one: CiCase, options: PlaceOptions): readonly Annotation[] {
  const level = one.state === 'undecided' ? 'warning' : 'error';
  const title = `${one.scenario} ${one.build}: ${one.summary}`;
  const fallback = placeOfCase(one, options);
  const evidence = one.state === 'leaked' ? evidenceOf(report, one) : [];
  if (evidence.length === 0) {
    const message = [...one.facts, ...one.details].join('\n') || one.summary;
    return [{ level, title, message, ...(fallback && { place: fallback }) }];
  }
  const summaries = evidenceSummaries(report, one);
  const all = evidence.map((item, at): Annotation => {
    const frame = frameOf(item);
    const place = frame ? placeOf(frame, options) : fallback;
    const lines = [...(at === 0 ? summaries : []), ...evidenceLines(item)];
    return { level, title, message: lines.join('\n'), ...(place && { place }) };
  });
  return byPlace(all);
}

/** What was created at one line, and what that holds, is one thing to mend. */
function byPlace(all: readonly Annotation[]): readonly Annotation[] {
  const merged = new Map<string, Annotation>();
  for (const one of all) {
    const key = JSON.stringify(one.place ?? null);
    const before = merged.get(key);
    merged.set(key, before ? { ...before, message: `${before.message}\n${one.message}` } : one);
  }
  return [...merged.values()];
}

function command(level: Annotation['level'], title: string, message: string, place?: Place): string {
  const properties = [
    ...(place ? [`file=${property(place.file)}`] : []),
    ...(place?.line === undefined ? [] : [`line=${place.line}`]),
    ...(place?.column === undefined ? [] : [`col=${place.column}`]),
    `title=${property(title)}`,
  ];
  return `::${level} ${properties.join(',')}::${data(message)}`;
}

/** As in @actions/core: the runner undoes it. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
