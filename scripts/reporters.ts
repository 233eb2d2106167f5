import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { HarnessError, UsageError } from '../harness/errors.ts';
import type { Report } from '../harness/model.ts';
import type { Format } from '../reports/format-names.ts';
import { makeFolder } from './make-folder.ts';
import { messageOf } from './message-of.ts';
import type { ReporterRequest } from './reporter-option.ts';
import { REPORTER_FILES } from './result-files.ts';
import type { Surroundings, Terminal } from './surroundings.ts';

export interface ReportersRequest {
  readonly reporters: readonly ReporterRequest[];
  /** Annotations and a job summary where GitHub Actions runs this, without being asked. */
  readonly github: boolean;
}

/**
 * Writes a report in all the formats asked for. Their files are made before the first trial, so that a bad path fails at
 * once, and begun anew, so that no older result can be taken for this one.
 */
export class Reporters {
  readonly #files: readonly (ReporterRequest & { readonly path: string })[];
  readonly #annotates: boolean;
  readonly #surroundings: Surroundings;

  /**
   * @param folder for files without a path; it exists
   * @throws {HarnessError} if a file cannot be written.
   * @throws {UsageError} if two formats go to one file.
   */
  constructor({ reporters, github }: ReportersRequest, folder: string, surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#annotates =
      (github && surroundings.env.GITHUB_ACTIONS === 'true') ||
      reporters.some(({ format, path }) => format === 'github' && path === undefined);
    this.#files = reporters.flatMap(({ format, path }) => {
      if (path !== undefined) return [{ format, path: resolve(surroundings.cwd(), path) }];
      return format === 'github' ? [] : [{ format, path: join(folder, REPORTER_FILES[format]) }];
    });
    checkApart(this.#files);
    for (const { path } of this.#files) writing(path, '', 'a');
  }

  /**
   * Empties the files; those that a CI system reads say that the run did not end, which is what is left of a run that is killed.
   * @param unfinished makes the report of a run of which nothing is known yet
   * @throws {HarnessError} if one cannot be written.
   */
  async begin(unfinished: () => Report): Promise<void> {
    const isRead = this.#files.some(isForCi);
    const known = isRead && { report: unfinished(), ...(await rendering()) };
    for (const file of this.#files) {
      writing(file.path, known && isForCi(file) ? known.render(known.report, file.format) : '', 'w');
    }
  }

  /**
   * Annotations go to standard error, where GitHub reads them too: standard output may have to be JSON.
   * @throws {HarnessError} if a file cannot be written.
   */
  async write(report: Report): Promise<void> {
    const { stderr, env } = this.#surroundings;
    const { render, renderJobSummary } = await rendering();
    const places = placesOf(this.#surroundings.cwd());
    for (const { format, path } of this.#files) writing(path, render(report, format, places), 'w');
    if (!this.#annotates) return;
    stderr.write(render(report, 'github', places));
    if (env.GITHUB_STEP_SUMMARY) summarize(renderJobSummary(report), env.GITHUB_STEP_SUMMARY, stderr);
  }
}

/** It takes long to load, and trials should not wait for it where nothing is rendered before them. */
function rendering() {
  return import('../reports/index.ts');
}

const CI_FORMATS: ReadonlySet<Format> = new Set(['junit', 'sarif', 'tap', 'pr-comment', 'github']);

function isForCi({ format }: ReporterRequest): boolean {
  return CI_FORMATS.has(format);
}

function checkApart(files: readonly (ReporterRequest & { readonly path: string })[]): void {
  for (const [at, { path, format }] of files.entries()) {
    const other = files.slice(0, at).find(one => one.path === path && one.format !== format);
    if (!other) continue;
    throw new UsageError(
      `Cannot write the reports as each format must have a file of its own: ${path} is that of ${other.format} and ${format}`,
    );
  }
}

/** The summary repeats what is said elsewhere: without it the verdict stands. */
function summarize(summary: string, path: string, stderr: Terminal): void {
  try {
    appendFileSync(path, summary);
  } catch (error) {
    const reason = messageOf(error);
    stderr.write(`warning: no job summary, as the file at GITHUB_STEP_SUMMARY must be writable: ${reason}\n`);
  }
}

/** @param flag `a` leaves what is there, `w` empties it */
function writing(path: string, content: string | Uint8Array, flag: 'a' | 'w'): void {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, content, { flag });
  } catch (error) {
    throw new HarnessError(`Cannot write the report as its file must be writable: ${messageOf(error)}`);
  }
}

/** What paths of the report are relative to, and what those for CI are. */
export function placesOf(cwd: string): { readonly cwd: string; readonly root: string } {
  try {
    const root = execFileSync('git', ['rev-parse', '--show-toplevel'], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return { cwd, root: root.trim() };
  } catch {
    return { cwd, root: cwd };
  }
}
