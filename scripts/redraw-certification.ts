import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../harness/errors.ts';
import type { Certification } from '../harness/model.ts';
import { renderCertification } from '../reports/certification.ts';
import { readCertification, renderCertificationJson } from '../reports/certification-json.ts';
import { renderCertificationMarkdown } from '../reports/certification-markdown.ts';
import { hasFields } from '../reports/has-fields.ts';
import { renderPng } from '../reports/png.ts';
import { renderPowerChart } from '../reports/power-chart.ts';
import { writeTables } from './certification-folder.ts';
import type { ChartsRequest } from './charts.ts';
import { isFile } from './file-kind.ts';
import { makeFolder } from './make-folder.ts';
import { oneOf } from './one-of.ts';
import { writing } from './output-folder.ts';
import { readGiven } from './read-given.ts';
import { CERTIFICATION_FILE, REPORT_FILE } from './result-files.ts';
import { refusePicture, type Surroundings, styleFor } from './surroundings.ts';

const FORMATS = ['text', 'markdown', 'json', 'svg', 'png'] as const;

/** The path of the certification if there is one: a file that is one, or a folder that has one and no report. */
export function certificationPath(given: string, cwd: string): string | undefined {
  const path = resolve(cwd, given);
  if (isFile(path)) return isCertification(path) ? path : undefined;
  const inside = join(path, CERTIFICATION_FILE);
  return isFile(inside) && !isFile(join(path, REPORT_FILE)) ? inside : undefined;
}

/**
 * Shows a saved certification again, and redraws its chart and tables or prints one format of it; measures nothing.
 * @throws {UsageError} if it cannot be read, and for what only charts of reports can do.
 */
export function redrawCertification(
  path: string,
  request: Omit<ChartsRequest, 'reports'>,
  surroundings: Surroundings,
): number {
  refuseOthers(request);
  const certification = load(path);
  const { stdout, stderr } = surroundings;
  const { out, dark = false, format } = request;
  if (!certification.complete) stderr.write('Interrupted: it has what was known by then\n');
  if (format !== undefined) {
    stdout.write(printed(certification, format, dark, surroundings));
    return 0;
  }
  stdout.write(asText(certification, surroundings));
  const folder = out === undefined ? dirname(path) : resolve(surroundings.cwd(), out);
  writing(() => makeFolder(folder));
  for (const drawn of writing(() => writeTables(certification, folder, dark)))
    stderr.write(`Drew ${drawn}\n`);
  return 0;
}

function refuseOthers(request: Omit<ChartsRequest, 'reports'>): void {
  for (const option of ['chart', 'width', 'height'] as const) {
    if (request[option] === undefined) continue;
    throw new UsageError(
      `Cannot redraw a certification as --${option} must be left out: its chart has one kind and size`,
    );
  }
}

function printed(
  certification: Certification,
  given: string,
  dark: boolean,
  surroundings: Surroundings,
): string | Uint8Array {
  const theme = dark ? 'dark' : 'light';
  switch (oneOf(FORMATS, given, 'render the certification as its format')) {
    case 'text':
      return asText(certification, surroundings);
    case 'markdown':
      return renderCertificationMarkdown(certification, theme);
    case 'json':
      return renderCertificationJson(certification);
    case 'svg':
      return renderPowerChart(certification, theme);
    case 'png':
      refusePicture(surroundings.stdout);
      return renderPng(renderPowerChart(certification, theme));
  }
}

function asText(certification: Certification, { stdout, env }: Surroundings): string {
  return renderCertification(certification, styleFor(stdout, env));
}

function load(path: string): Certification {
  return readGiven(path, () => readCertification(readFileSync(path, 'utf8')));
}

function isCertification(path: string): boolean {
  return hasFields(readFileSync(path, 'utf8'), 'builds', 'share');
}
