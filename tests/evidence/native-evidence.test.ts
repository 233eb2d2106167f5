import { expect, test } from 'vitest';
import { nativeEvidence } from '../../harness/evidence/native-evidence.ts';
import type { Evidence, KeptObjects } from '../../harness/model.ts';
import { EVIDENCE, nativeLeak, unexpectedLeak } from '../support/unexpected-leak.ts';

const GROWING: KeptObjects = {
  name: 'ArrayBuffer',
  perIteration: 0,
  exact: false,
  retained: 1900,
  with: [],
  paths: [{ count: 1, steps: [{ name: 'session.memory' }, { name: 'Memory' }, { name: 'ArrayBuffer' }] }],
};

function withObject(objects: readonly KeptObjects[]): Evidence {
  if (EVIDENCE.outcome === 'skipped') throw new Error('There must be evidence');
  return { ...EVIDENCE, objects: [...EVIDENCE.objects, ...objects] };
}

const native = nativeLeak().trials[0]!.verdict;

test('of native memory alone, what grows in place is evidence, and nothing else that is new', () => {
  expect(nativeEvidence(withObject([GROWING]), native)).toMatchObject({ objects: [GROWING], resources: [] });
});

test('where nothing grows in place, it is said that the heap shows nothing of native memory', () => {
  expect(nativeEvidence(withObject([]), native)).toEqual({
    scenario: 'auto-reload',
    build: 'leaky',
    outcome: 'skipped',
    reason: expect.stringMatching(/^native memory is not on the heap, .* look at native modules/) as string,
  });
});

test('of any other leak all evidence stays', () => {
  const evidence = withObject([GROWING]);
  expect(nativeEvidence(evidence, unexpectedLeak().trials[0]!.verdict)).toBe(evidence);
});
