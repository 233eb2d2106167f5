import type { Report } from '../harness/model.ts';
import { readSaved } from './saved.ts';
import { READABLE_MAJOR, REPORT_SCHEMA } from './schema.ts';

/**
 * Reads a saved report. Fields that this version does not know are left out.
 * @throws {UnreadableFile} if the text is no JSON, was written by a newer major version, or does not fit the schema.
 */
export function readReport(text: string): Report {
  return readSaved(text, { what: 'report', major: READABLE_MAJOR, field: 'trials', schema: REPORT_SCHEMA });
}
