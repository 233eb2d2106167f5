import type { Report } from '../harness/model.ts';
import { readSaved } from './saved.ts';
import { READABLE_MAJOR, REPORT_SCHEMA } from './schema.ts';

/**
 * The report as JSON, indented.
 * @throws {RangeError} if a number in it has no JSON form, so that a later reader would find null.
 */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, finite, 2)}\n`;
}

/**
 * Reads a saved report. Fields that this version does not know are left out.
 * @throws {UnreadableFile} if the text is no JSON, was written by a newer major version, or does not fit the schema.
 */
export function readReport(text: string): Report {
  return readSaved(text, { what: 'report', major: READABLE_MAJOR, field: 'trials', schema: REPORT_SCHEMA });
}

function finite(key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  throw new RangeError(`Cannot write report as "${key}" must be a finite number: current value is ${value}`);
}
