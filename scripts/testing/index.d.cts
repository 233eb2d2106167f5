import type * as testing from '../../dist/scripts/testing/index.js' with { 'resolution-mode': 'import' };

export type {
  ExpectOptions,
  ExportedSubject,
  Report,
  Subject,
  SubjectFunction,
} from '../../dist/scripts/testing/index.js' with { 'resolution-mode': 'import' };
export declare const expectNoLeak: typeof testing.expectNoLeak;
export declare const LeakError: typeof testing.LeakError;
export type LeakError = testing.LeakError;
