/**
 * For test runners: `expectNoLeak` runs a scenario, or a function again and again, in a process of its own.
 *
 * ```ts
 * test('the cache lets go of what it dropped', async () => {
 *   await expectNoLeak(new URL('./cache.leak.mjs', import.meta.url), { iterations: 1000 });
 * });
 * ```
 * @module
 */
export type { Report } from '../../harness/model.ts';
export { type ExpectOptions, expectNoLeak } from './expect-no-leak.ts';
export { LeakError } from './leak-error.ts';
export type { ExportedSubject, Subject, SubjectFunction } from './subject.ts';
