import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { baseEntries } from '../harness/base.ts';
import { HarnessError, UsageError } from '../harness/errors.ts';
import type { BaseEntry, Report } from '../harness/model.ts';
import { readBaseline, renderBaseline } from '../reports/baseline.ts';
import { UnreadableFile } from '../reports/saved.ts';
import { type GateRequest, gate } from './gate.ts';
import type { Surroundings } from './surroundings.ts';

export interface BaselineRequest extends Omit<GateRequest, 'jit' | 'name' | 'png' | 'base' | 'done'> {
  /** File to write or update. */
  readonly file: string;
}

/**
 * Runs the gate and keeps how every build grew that should be steady, leaks included: from then on that much
 * is known. Only the scenarios that were run are touched. Returns 0 if all were kept, 1 if a trial faulted, 2
 * if nothing can be kept.
 */
export async function baseline(request: BaselineRequest, surroundings: Surroundings): Promise<number> {
  const path = resolve(surroundings.cwd(), request.file);
  // Before the run, so that a file which may not be overwritten costs no time.
  const before = existing(path);
  let kept = 2;
  const { file: _, evidence: __, ...rest } = request;
  const code = await gate(
    {
      ...rest,
      jit: 'none',
      name: 'baseline',
      png: false,
      // A leak that is kept is no failure.
      quietExitCode: true,
      // Growth that is being recorded is no news.
      github: false,
      done: report => {
        if (report.exitCode === 2) return;
        kept = keep(report, before, path, surroundings);
      },
    },
    surroundings,
  );
  return code === 130 ? code : kept;
}

function keep(report: Report, before: readonly BaseEntry[], path: string, { stderr }: Surroundings): number {
  const taken = baseEntries(report).filter(entry => isWanted(entry, report));
  const entries = [...before.filter(entry => !isReplaced(entry, taken, report)), ...taken];
  write(path, renderBaseline(entries));
  const names = taken.map(({ scenario, build }) => `${scenario} ${build}`);
  stderr.write(`Baseline ${path}: ${names.length > 0 ? names.join(', ') : 'nothing new'}\n`);
  const others = entries
    .filter(entry => !taken.includes(entry))
    .map(({ scenario, build }) => `${scenario} ${build}`);
  if (others.length > 0) stderr.write(`Left as they were, not measured now: ${others.join(', ')}\n`);
  for (const { scenario, build, verdict } of taken) {
    if (verdict === 'inconclusive')
      stderr.write(`${scenario} ${build} is inconclusive: more iterations give a tighter baseline\n`);
  }
  const faulted = report.trials.filter(({ result }) => result.outcome === 'faulted');
  for (const { result } of faulted) stderr.write(`Not kept, as it faulted: ${result.trial.id}\n`);
  return faulted.length > 0 ? 1 : 0;
}

/** A build that should leak is judged absolutely, so its baseline would never be read. */
function isWanted({ scenario, build }: BaseEntry, { scenarios }: Report): boolean {
  const description = scenarios.find(({ name }) => name === scenario);
  return (description?.expect[build] ?? 'steady') === 'steady';
}

/** Measured anew, or of a build that its scenario no longer has. */
function isReplaced(
  { scenario, build }: BaseEntry,
  taken: readonly BaseEntry[],
  { scenarios }: Report,
): boolean {
  const description = scenarios.find(({ name }) => name === scenario);
  const isGone = description !== undefined && !Object.hasOwn(description.builds, build);
  return isGone || taken.some(entry => entry.scenario === scenario && entry.build === build);
}

function existing(path: string): BaseEntry[] {
  if (!existsSync(path)) return [];
  try {
    return readBaseline(readFileSync(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new UsageError(`Cannot update ${path}: ${error.message}`);
  }
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new HarnessError(`Cannot write the baseline as the file must be writable: ${String(error)}`);
  }
}
