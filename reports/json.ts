import type { Report } from '../harness/model.ts';

/**
 * The report as JSON, indented.
 * @throws {RangeError} if a number in it has no JSON form, so that a later reader would find null.
 */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, finite, 2)}\n`;
}

function finite(key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  throw new RangeError(`Cannot write report as "${key}" must be a finite number: current value is ${value}`);
}
