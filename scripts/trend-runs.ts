import type { Report, ReportPart } from '../harness/model.ts';

/** Why a report is no run of a trend over all of these; undefined: it is one. */
export function leftOut(report: Report, all: readonly Report[]): string | undefined {
  if (report.interrupted) return 'it was interrupted';
  if (!report.trials.some(({ verdict }) => verdict.estimates.length > 0)) return 'it has no readings';
  const merged = all.flatMap(({ parts }) => parts ?? []);
  return merged.some(part => isSame(part, report)) ? 'it is part of a merged report' : undefined;
}

/** Runs have no name of their own: the moment and the trials tell them apart. */
function isSame(part: ReportPart, { environment, trials }: Report): boolean {
  const ids = trials.map(({ result }) => result.trial.id);
  return part.environment.date === environment.date && part.trials.join('\n') === ids.join('\n');
}
