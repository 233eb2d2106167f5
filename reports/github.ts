import type { Report } from '../harness/model.ts';
import { type CiCase, ciCases, problems } from './ci-case.ts';
import { evidenceLines, evidenceOf } from './ci-evidence.ts';
import { AS_GIVEN, fileOf, type Place, type PlaceOptions, placeOf } from './ci-places.ts';
import { printable } from './printable.ts';

/**
 * Workflow commands of GitHub Actions that become annotations: an error for each thing that an unexpected leak keeps, at the
 * line that created it; for the rest one at the scenario; a warning where a verdict is inconclusive. Empty for a green run.
 */
export function renderGithub(report: Report, options: PlaceOptions = AS_GIVEN): string {
  const shown = printable(report);
  return problems(ciCases(report))
    .flatMap(one => annotations(shown, one, options))
    .map(line => `${line}\n`)
    .join('');
}

function annotations(report: Report, one: CiCase, options: PlaceOptions): readonly string[] {
  const level = one.state === 'undecided' ? 'warning' : 'error';
  const title = `${one.scenario} ${one.build}: ${one.summary}`;
  const fallback = one.path === '' ? undefined : { file: fileOf(one.path, options) };
  const evidence = one.state === 'failed' ? evidenceOf(report, one) : [];
  if (evidence.length === 0) {
    return [command(level, title, [...one.facts, ...one.details].join('\n') || one.summary, fallback)];
  }
  return evidence.map(item => {
    const [innermost] = item.created;
    const place = innermost ? placeOf(innermost, options) : fallback;
    return command(level, title, evidenceLines(item).join('\n'), place);
  });
}

function command(level: 'error' | 'warning', title: string, message: string, place?: Place): string {
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
