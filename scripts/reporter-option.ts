import { InvalidArgumentError } from 'commander';
import { FORMAT_NAMES, type Format } from '../reports/format-names.ts';

/** `--reporter junit=path.xml`, or without a path. */
export interface ReporterRequest {
  readonly format: Format;
  readonly path?: string;
}

/** Completes "must ...". */
export const REPORTER_FORM = `have the form format or format=path, and format must be one of ${FORMAT_NAMES.join(', ')}`;

/** Parses one `--reporter` and adds it to those before. */
export function reporter(text: string, before: readonly ReporterRequest[]): readonly ReporterRequest[] {
  const request = reporterOf(text);
  if (!request) throw new InvalidArgumentError(`It must ${REPORTER_FORM}.`);
  return [...before, request];
}

/** Undefined for what has another form, or an unknown format. */
export function reporterOf(text: string): ReporterRequest | undefined {
  const [, format = '', path] = /^([^=]*)(?:=(.+))?$/s.exec(text) ?? [];
  return isFormat(format) ? { format, ...(path !== undefined && { path }) } : undefined;
}

function isFormat(text: string): text is Format {
  return (FORMAT_NAMES as readonly string[]).includes(text);
}
