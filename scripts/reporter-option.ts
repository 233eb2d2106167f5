import { InvalidArgumentError } from 'commander';
import { FORMAT_NAMES, type Format } from '../reports/format-names.ts';

/** `--reporter junit=path.xml`, or without a path. */
export interface ReporterRequest {
  readonly format: Format;
  readonly path?: string;
}

/** Parses one `--reporter` and adds it to those before. */
export function reporter(text: string, before: readonly ReporterRequest[]): readonly ReporterRequest[] {
  const [, format = '', path] = /^([^=]*)(?:=(.+))?$/s.exec(text) ?? [];
  if (!isFormat(format)) {
    throw new InvalidArgumentError(
      `It must have the form format or format=path, and format must be one of ${FORMAT_NAMES.join(', ')}.`,
    );
  }
  return [...before, { format, ...(path !== undefined && { path }) }];
}

function isFormat(text: string): text is Format {
  return (FORMAT_NAMES as readonly string[]).includes(text);
}
