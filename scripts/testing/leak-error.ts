import type { Report } from '../../harness/model.ts';

/**
 * A build did not do what its scenario expects: it leaks, is in doubt, or ended in a fault. The message is
 * the report as text.
 */
export class LeakError extends Error {
  override readonly name: string = 'LeakError';
  readonly report: Report;

  constructor(message: string, report: Report) {
    super(message);
    this.report = report;
    // Test runners print what can be enumerated, and a report is long.
    Object.defineProperty(this, 'report', { enumerable: false });
  }
}
