import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HarnessError } from '../harness/errors.ts';
import type { Report, RunEvent } from '../harness/model.ts';
import { renderChart } from '../reports/chart.ts';
import { renderJson } from '../reports/json.ts';
import { renderMarkdown } from '../reports/markdown.ts';
import { renderPng } from '../reports/png.ts';

/**
 * `out/<run>/`: opened before the first trial, so that a bad path fails at once; every event is appended to
 * `samples.jsonl` as it happens, so that a crash loses nothing that was measured.
 */
export class OutputFolder {
  readonly path: string;
  readonly #samples: string;

  /** @throws {HarnessError} if the folder cannot be written to. */
  constructor(path: string) {
    this.path = resolve(path);
    this.#samples = join(this.path, 'samples.jsonl');
    try {
      mkdirSync(this.path, { recursive: true });
      writeFileSync(this.#samples, '');
    } catch (error) {
      throw new HarnessError(`Cannot write results as the folder must be writable: ${String(error)}`);
    }
  }

  append(event: RunEvent): void {
    appendFileSync(this.#samples, `${JSON.stringify(event)}\n`);
  }

  /** Writes the report and its chart as SVG; `writeCharts` adds the PNG, which takes longer than all the rest. */
  write(report: Report): void {
    writeFileSync(join(this.path, 'report.json'), renderJson(report));
    writeFileSync(join(this.path, 'report.md'), renderMarkdown(report));
    writeFileSync(join(this.path, 'heap-growth.svg'), renderChart(report));
  }
}

/** Draws `heap-growth.svg` and `heap-growth.png` into a folder that exists; returns their paths. */
export function writeCharts(report: Report, folder: string): string[] {
  const svg = renderChart(report);
  const paths = [join(folder, 'heap-growth.svg'), join(folder, 'heap-growth.png')] as const;
  writeFileSync(paths[0], svg);
  // Twice the size for sharp text, unless many scenarios make a picture that viewers refuse.
  writeFileSync(paths[1], renderPng(svg, report.scenarios.length > 3 ? 1 : 2));
  return [...paths];
}

/** A folder under `out/` that does not exist yet, named after the moment and the command. */
export function freshFolder(cwd: string, command: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-');
  const base = join(cwd, 'out', `${stamp}-${command}`);
  let path = base;
  for (let number = 2; existsSync(path); number++) path = `${base}-${number}`;
  return path;
}
