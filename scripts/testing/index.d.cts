import type * as testing from '../../dist/scripts/testing/index.js' with { 'resolution-mode': 'import' };

export type {
  ExpectOptions,
  ExportedSubject,
  LeakError,
  Report,
  Subject,
  SubjectFunction,
} from '../../dist/scripts/testing/index.js' with { 'resolution-mode': 'import' };
export declare const expectNoLeak: typeof testing.expectNoLeak;
