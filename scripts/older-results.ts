import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../harness/errors.ts';
import { hasFields } from '../reports/has-fields.ts';
import { isFile } from './file-kind.ts';
import { CERTIFICATION_FILE, REPORT_FILE, SAMPLES_FILE } from './result-files.ts';

/** Of what leakgate writes, those that tell its folder from one with files of such names, by what they have. */
const SIGNS: readonly (readonly [file: string, ...fields: string[]])[] = [
  [REPORT_FILE, 'schemaVersion', 'trials'],
  [CERTIFICATION_FILE, 'schemaVersion', 'builds'],
];
/** How readings begin: none yet, or an event. */
const READINGS = /^(?:$|\{"type":)/;
/** In the head of its pages. */
const PAGE = '<meta name="generator" content="leakgate">';

/**
 * Makes sure that those of `files` which are in the folder were left there by an older run.
 * @throws {UsageError} where they may be somebody else's.
 */
export function checkOlderResults(folder: string, files: readonly string[]): void {
  // A run that failed before its beginning leaves empty ones.
  const found = files.filter(file => statSync(join(folder, file), { throwIfNoEntry: false })?.size);
  if (found.length === 0 || hasResults(folder)) return;
  throw new UsageError(
    `Cannot write results as the folder must hold none of their names, or an older run: ${folder} has ${found.join(', ')}, and no ${SAMPLES_FILE} or ${REPORT_FILE} of leakgate`,
  );
}

export function removeOlderResults(folder: string, files: readonly string[]): void {
  for (const file of files) rmSync(join(folder, file), { force: true });
}

function hasResults(folder: string): boolean {
  const text = (file: string) => {
    const path = join(folder, file);
    return isFile(path) ? readFileSync(path, 'utf8') : '';
  };
  if (isFile(join(folder, SAMPLES_FILE)) && READINGS.test(text(SAMPLES_FILE))) return true;
  return (
    SIGNS.some(([file, ...fields]) => hasFields(text(file), ...fields)) || text('report.html').includes(PAGE)
  );
}
