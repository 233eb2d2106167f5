import { expect, test } from 'vitest';
import type { Warning } from '../../harness/model.ts';
import { warningText } from '../../reports/warning-wording.ts';
import { exampleReport } from '../support/report-fixture.ts';

test('a heap too large for snapshots is told with its size and what was not looked for', () => {
  const { text } = warningText({ code: 'too-large-for-snapshots', trial: 'cache/default/1', heap: 108.3e6 });
  expect(text).toMatch(/^cache\/default\/1: its heap of 108 MB is too large .* objects without a prototype/);
});

test('threads whose heaps were not read are told with their number', () => {
  const told = (threads: number) => warningText({ code: 'threads-unread', trial: 'pool/default/1', threads });
  expect(told(32).text).toMatch(
    /^pool\/default\/1: what its 32 worker threads had on heaps of their own was not read/,
  );
  expect(told(32).advice).toContain('with a pool of 16 threads at most');
  expect(told(1).text).toMatch(/what its 1 worker thread had on a heap of its own was not read/);
  expect(told(1).advice).not.toContain('16');
});

test('timings that failed are told with the reason, and with what to do about it', () => {
  const told = warningText({ code: 'timings-failed', reason: 'Cannot time the "leaky" build' });
  expect(told.text).toBe('timings are missing: Cannot time the "leaky" build');
  expect(told.advice).toContain('--ages');
});

test('every warning tells its facts and what to try', () => {
  const { warnings } = exampleReport();
  const codes: readonly Warning['code'][] = [
    'not-settled',
    'warmup-drifting',
    'samples-thinned',
    'heap-diff-skipped',
    'probe-unavailable',
  ];
  expect(warnings.map(warning => warning.code)).toEqual(codes);
  expect(warnings.map(warning => warningText(warning).text)).toEqual([
    'response-cache/generous/1: 3 samples taken before the heap came to rest',
    'response-cache/generous/1: heap still drifted by +18.4 kB per iteration when warm-up ended',
    'auto-reload/leaky/1: 12 of 20 samples taken, as reading them took too long',
    'no heap diff by class: memwatch-next is not installed',
    'zone-transfer/patched/1: nothing watched descriptors: needs /proc',
  ]);
  expect(warnings.every(warning => warningText(warning).advice.length > 10)).toBe(true);
});

test('a heap that had been still for one window alone is not said to have drifted by nothing', () => {
  const warning = { code: 'warmup-drifting', trial: 'cache/default/1', drift: 0.3 } as const;
  expect(warningText(warning).text).toBe(
    'cache/default/1: heap had only just come to rest when warm-up ended',
  );
});
