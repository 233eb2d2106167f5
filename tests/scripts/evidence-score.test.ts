import { describe, expect, test } from 'vitest';
import type { CompletedEvidence, Evidence, KeptAllocations } from '../../harness/model.ts';
import type { CorpusCase } from '../../scripts/corpus-cases.ts';
import { scoreEvidence } from '../../scripts/evidence-score.ts';

const CASE: CorpusCase = {
  kind: 'leaks',
  name: 'session-map',
  path: '/corpus/leaks/session-map.mjs',
  leak: { metric: 'population', rate: 1, unit: 'objects' },
  plateau: false,
  evidence: { objects: ['Object {user'], holders: ['sessions'] },
};
const EVIDENCE: CompletedEvidence = {
  scenario: 'session-map',
  build: 'default',
  outcome: 'completed',
  iterations: 100,
  objects: [
    {
      name: 'Object {user, path}',
      perIteration: 1,
      exact: true,
      retained: 90,
      with: [],
      paths: [{ count: 100, steps: [{ name: 'session.sessions Map' }, { name: 'Object {user, path}' }] }],
    },
  ],
  resources: [],
  allocations: [by('leaks/session-map.mjs', 'iterate')],
  snapshots: [],
  elapsed: 900,
};

describe('evidence of a case', () => {
  test('is right where class, holder and allocating function are', () => {
    expect(scoreEvidence(CASE, EVIDENCE)).toMatchObject({ heap: true, allocation: true });
  });

  test('is wrong with another class first, or another holder', () => {
    const [kept] = EVIDENCE.objects;
    if (!kept) throw new Error('There must be a group');
    for (const other of [
      { ...kept, name: 'Array' },
      { ...kept, paths: [] },
    ])
      expect(scoreEvidence(CASE, { ...EVIDENCE, objects: [other, kept] }).heap).toBe(false);
  });

  test('is wrong where another file or nobody allocated most', () => {
    const other = by('request.mjs', 'serve');
    for (const allocations of [[other, by('leaks/session-map.mjs', 'iterate')], []])
      expect(scoreEvidence(CASE, { ...EVIDENCE, allocations }).allocation).toBe(false);
  });

  test('is right with the function, or the nobody, that a case names', () => {
    const named = (allocator: string | null) => ({ ...CASE, evidence: { ...CASE.evidence, allocator } });
    const allocations = [by('request.mjs', 'serve')];
    expect(scoreEvidence(named('serve'), { ...EVIDENCE, allocations }).allocation).toBe(true);
    expect(scoreEvidence(named('parse'), { ...EVIDENCE, allocations }).allocation).toBe(false);
    expect(scoreEvidence(named(null), { ...EVIDENCE, allocations }).allocation).toBe(false);
    expect(scoreEvidence(named(null), { ...EVIDENCE, allocations: [] }).allocation).toBe(true);
  });

  test('is wrong where it was skipped', () => {
    const { scenario, build } = EVIDENCE;
    const skipped: Evidence = { scenario, build, outcome: 'skipped', reason: 'interrupted' };
    expect(scoreEvidence(CASE, skipped)).toMatchObject({ heap: false, allocation: false });
  });
});

function by(file: string, name: string): KeptAllocations {
  const position = { file, line: 9, column: 3, function: name };
  return { bytes: 90, share: 0.9, by: position, frames: [position] };
}
