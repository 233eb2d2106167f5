import { appendFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Certification, RunEvent } from '../harness/model.ts';
import { renderCertificationJson } from '../reports/certification-json.ts';
import { renderCertificationMarkdown } from '../reports/certification-markdown.ts';
import { renderPowerChart } from '../reports/power-chart.ts';
import { writeImages } from './chart-files.ts';
import { makeFolder } from './make-folder.ts';
import { checkOlderResults, removeOlderResults } from './older-results.ts';
import { writing } from './output-folder.ts';
import { CERTIFICATION_FILE, RESULT_FILES, SAMPLES_FILE } from './result-files.ts';

/** Where a certification goes. */
export class CertificationFolder {
  readonly path: string;

  /**
   * Makes the folder where it is missing, and removes what older results are in it.
   * @throws {HarnessError} if the folder cannot be written to.
   * @throws {UsageError} if it has files of somebody else's that would be written over.
   */
  constructor(path: string) {
    this.path = resolve(path);
    writing(() => makeFolder(this.path));
    checkOlderResults(this.path, RESULT_FILES);
    writing(() => {
      removeOlderResults(this.path, RESULT_FILES);
      writeFileSync(join(this.path, SAMPLES_FILE), '');
    });
  }

  append(event: RunEvent): void {
    appendFileSync(join(this.path, SAMPLES_FILE), `${JSON.stringify(event)}\n`);
  }

  /** Draws tables and charts of one that is complete only; `render` draws them of any. */
  write(certification: Certification): void {
    writeFileSync(join(this.path, CERTIFICATION_FILE), renderCertificationJson(certification));
    if (certification.complete) writeTables(certification, this.path);
  }
}

/** Writes tables and power curves into a folder that exists, and returns their paths. */
export function writeTables(certification: Certification, folder: string, dark = false): string[] {
  const tables = join(folder, 'certification.md');
  const theme = dark ? 'dark' : 'light';
  writeFileSync(tables, renderCertificationMarkdown(certification, theme));
  const chart = renderPowerChart(certification, theme);
  return [tables, ...writeImages(chart, join(folder, dark ? 'power-dark' : 'power'))];
}
