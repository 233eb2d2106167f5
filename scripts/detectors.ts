import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inLanes } from '../harness/lanes.ts';
import type { Environment } from '../harness/model.ts';
import { formatDuration } from '../reports/format.ts';
import { escaped, markdownTable } from '../reports/markdown-table.ts';
import { page } from '../reports/page.ts';
import { terminalTable } from '../reports/terminal-table.ts';
import { wrap } from '../reports/wrap.ts';
import { ask } from './detectors/ask.ts';
import { type CorpusCase, corpus, ownCorpus } from './detectors/corpus.ts';
import type { Detector } from './detectors/detector.ts';
import { DETECTOR_NAMES, loadDetector } from './detectors/index.ts';
import type { CaseJudgement, DetectorResult } from './detectors/score.ts';
import { caseTable, evidenceLines, scoreTable } from './detectors/tables.ts';
import { environment } from './environment.ts';
import { interruption } from './interruption.ts';
import { makeFolder } from './make-folder.ts';
import { folderFor, writing } from './output-folder.ts';
import { type Surroundings, styleFor } from './surroundings.ts';

export interface DetectorsRequest {
  /** Folder with leaks/ and decoys/; default: leakgate's own corpus. */
  readonly corpus?: string;
  /** Names of cases; empty: all. */
  readonly only: readonly string[];
  /** Names of detectors; empty: all. */
  readonly detectors: readonly string[];
  /** Cases at once. */
  readonly jobs: number;
  readonly out?: string;
  readonly json: boolean;
  readonly command: readonly string[];
}

/** What `detectors.json` holds. */
export interface DetectorsReport {
  readonly environment: Environment;
  readonly cases: readonly Pick<CorpusCase, 'name' | 'expect'>[];
  readonly detectors: readonly DetectorResult[];
}

/** Has every detector judge every case; prints and writes who was right. Returns the exit code: 0, or 130 by Ctrl-C. */
export async function detectors(request: DetectorsRequest, surroundings: Surroundings): Promise<number> {
  const cwd = surroundings.cwd();
  const names = request.detectors.length > 0 ? request.detectors : DETECTOR_NAMES;
  const asked = await Promise.all(names.map(loadDetector));
  const cases = await corpus(request.corpus ? resolve(cwd, request.corpus) : ownCorpus(), request.only);
  const folder = folderFor(request.out, cwd, 'detectors');
  writing(() => makeFolder(folder));
  const interrupted = interruption(surroundings);
  const results: DetectorResult[] = [];
  const report: DetectorsReport = {
    environment: await environment(request.command, cwd),
    cases: cases.map(({ name, expect }) => ({ name, expect })),
    detectors: results,
  };
  try {
    for (const detector of asked) {
      const begin = performance.now();
      results.push(await resultOf(detector, cases, request.jobs, interrupted.signal));
      // After each, so that an end before the last keeps what is known.
      write(report, folder);
      surroundings.stderr.write(`${detector.name}: ${formatDuration(performance.now() - begin)}\n`);
    }
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    surroundings.stderr.write(`Interrupted: what was judged so far is in ${folder}\n`);
    return 130;
  } finally {
    interrupted.dispose();
  }
  print(report, request.json, surroundings);
  surroundings.stderr.write(`Results in ${folder}\n`);
  return 0;
}

async function resultOf(
  detector: Detector,
  cases: readonly CorpusCase[],
  jobs: number,
  signal: AbortSignal,
): Promise<DetectorResult> {
  const { name, run, rule } = detector;
  const reason = await detector.missing?.();
  if (reason !== undefined) return { name, run, rule, outcome: 'missing', reason };
  return { name, run, rule, outcome: 'judged', judgements: await judgeAll(name, cases, jobs, signal) };
}

/** In the order of the cases, `jobs` at a time; where one cannot be judged, no other goes on. */
function judgeAll(
  detector: string,
  cases: readonly CorpusCase[],
  jobs: number,
  signal: AbortSignal,
): Promise<CaseJudgement[]> {
  const judge = async ({ name, trial }: CorpusCase, either: AbortSignal) => ({
    case: name,
    ...(await ask(detector, trial, either)),
  });
  return inLanes(cases, jobs, judge, signal);
}

function write(report: DetectorsReport, folder: string): void {
  writeFileSync(join(folder, 'detectors.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, 'detectors.md'), markdown(report));
}

function markdown({ cases, detectors: results, environment: { node, os, cpu } }: DetectorsReport): string {
  const rules = results.map(({ name, run, rule }) => `- ${escaped(`${name} (${run}): ${rule}`)}`);
  return [
    '# Detectors compared',
    `Node ${escaped(`${node}, ${os}, ${cpu}`)}`,
    markdownTable(scoreTable(cases, results)),
    ['## What each calls a leak', '', ...rules].join('\n'),
    ['## What each shows', '', ...evidenceLines(cases, results).map(line => `- ${escaped(line)}`)].join('\n'),
    markdownTable(caseTable(cases, results)),
    '',
  ].join('\n\n');
}

function print(report: DetectorsReport, json: boolean, { stdout, env }: Surroundings): void {
  if (json) {
    stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  const { cases, detectors: results } = report;
  const { width, color } = styleFor(stdout, env);
  const table = terminalTable(scoreTable(cases, results), page(width, color));
  stdout.write(
    `${table}\n\n${evidenceLines(cases, results)
      .map(line => wrap(line, width, 2))
      .join('\n')}\n`,
  );
}
