import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { baseEntries } from '../harness/base.ts';
import { HarnessError, UsageError } from '../harness/errors.ts';
import type { BaseEntry, Report } from '../harness/model.ts';
import { readBaseline, renderBaseline } from '../reports/baseline.ts';
import { exitText } from '../reports/wording.ts';
import { type GateRequest, gate } from './gate.ts';
import { makeFolder } from './make-folder.ts';
import { messageOf } from './message-of.ts';
import { readGiven } from './read-given.ts';
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
  existing(path);
  checkWritable(path);
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
        if (report.exitCode !== 2) kept = keep(report, path, surroundings);
        else surroundings.stderr.write(`Not written: ${path}\n${exitText(report)}\n`);
      },
    },
    surroundings,
  );
  return code === 130 ? code : kept;
}

function keep(report: Report, path: string, { stderr }: Surroundings): number {
  // Only now, so that nothing is lost of what another run has kept meanwhile.
  const before = existing(path);
  const taken = baseEntries(report).filter(entry => isWanted(entry, report));
  const entries = [...before.filter(entry => !isReplaced(entry, taken, report)), ...taken];
  const changes = taken.length > 0 || entries.length < before.length;
  if (changes) writing(() => writeFileSync(path, renderBaseline(entries)));
  const names = taken.map(({ scenario, build }) => `${scenario} ${build}`);
  stderr.write(
    changes
      ? `Baseline ${path}: ${names.length > 0 ? names.join(', ') : 'nothing new'}\n`
      : `Not written, as there is nothing to keep: ${path}\n`,
  );
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
  const code = faulted.length > 0 ? 1 : 0;
  stderr.write(`exit code ${code}: ${code === 0 ? KEPT : 'a trial faulted'}\n`);
  return code;
}

const KEPT = 'no trial faulted; a leak, which is kept as known, is no failure here';

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
  const text = textOf(path);
  return readGiven(`Cannot update ${path}`, () => readBaseline(text));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot update ${path} as it must be a file that can be read: ${messageOf(error)}`);
  }
}

/** Makes the folder where it is missing. */
function checkWritable(path: string): void {
  writing(() => {
    makeFolder(dirname(path));
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
  });
}

function writing(write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new HarnessError(`Cannot write the baseline as the file must be writable: ${messageOf(error)}`);
  }
}
