import type { Report } from '../harness/model.ts';

/** Turns a report into text or bytes. Pure: opens nothing, prints nothing, and the same report gives the same output. */
export interface Reporter {
  readonly name: string;
  /** File name extension, without the dot. */
  readonly extension: string;
  render(report: Report): string | Uint8Array;
}
