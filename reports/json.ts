import { z } from 'zod';
import type { Report } from '../harness/model.ts';
import { READABLE_MAJOR, REPORT_SCHEMA } from './schema.ts';

/** A saved report that cannot be read: the text is at fault, not leakgate. */
export class UnreadableReport extends Error {
  override readonly name: string = 'UnreadableReport';
}

/**
 * The report as JSON, indented.
 * @throws {RangeError} if a number in it has no JSON form, so that a later reader would find null.
 */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, finite, 2)}\n`;
}

/**
 * Reads a saved report. Fields that this version does not know are left out.
 * @throws {UnreadableReport} if the text is no JSON, was written by a newer major version, or does not fit the schema.
 */
export function readReport(text: string): Report {
  const saved = parse(text);
  refuseNewer(saved);
  const read = REPORT_SCHEMA.safeParse(saved);
  if (read.success) return read.data;
  throw new UnreadableReport(
    `Cannot read report as it must fit the report schema:\n${z.prettifyError(read.error)}`,
  );
}

function finite(key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  throw new RangeError(`Cannot write report as "${key}" must be a finite number: current value is ${value}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableReport(`Cannot read report as it must be JSON: ${reason}`, { cause: error });
  }
}

const VERSIONED = z.object({ schemaVersion: z.string() });

function refuseNewer(saved: unknown): void {
  const read = VERSIONED.safeParse(saved);
  if (!read.success || !(Number.parseInt(read.data.schemaVersion, 10) > READABLE_MAJOR)) return;
  throw new UnreadableReport(
    `Cannot read report as its schemaVersion must be ${READABLE_MAJOR}.x or older, update leakgate to read it: ` +
      `current value is ${JSON.stringify(read.data.schemaVersion)}`,
  );
}
