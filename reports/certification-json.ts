import type { Certification } from '../harness/model.ts';
import { readSaved } from './saved.ts';
import { CERTIFICATION_MAJOR, CERTIFICATION_SCHEMA } from './schema-certification.ts';

/** A certification as JSON, indented. */
export function renderCertificationJson(certification: Certification): string {
  return `${JSON.stringify(certification, null, 2)}\n`;
}

/**
 * Reads a saved certification.
 * @throws {UnreadableFile} if the text is no JSON, was written by a newer major version, or does not fit the schema.
 */
export function readCertification(text: string): Certification {
  return readSaved(text, {
    what: 'certification',
    major: CERTIFICATION_MAJOR,
    field: 'builds',
    schema: CERTIFICATION_SCHEMA,
  });
}
