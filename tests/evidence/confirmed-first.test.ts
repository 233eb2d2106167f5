import { expect, test } from 'vitest';
import { confirmedFirst } from '../../harness/evidence/confirmed-first.ts';
import type { Evidence, Finding, KeptObjects, KeptResource, Verdict } from '../../harness/model.ts';

const filling = group('PerformanceResourceTiming', 486);
const kept = group('function', 107);
const evidence: Evidence = {
  scenario: 'server',
  build: 'default',
  outcome: 'completed',
  iterations: 1600,
  objects: [filling, kept],
  resources: [],
  snapshots: [],
  elapsed: 900,
};

test('a class that the verdict names comes before what was filling up meanwhile', () => {
  expect(confirmedFirst(evidence, leakOf('class.function'))).toMatchObject({ objects: [kept, filling] });
});

test('a module is called alike by the verdict and by the evidence', () => {
  const module = group('ES module', 40);
  const found = { ...evidence, objects: [filling, module] };
  expect(confirmedFirst(found, leakOf('class.ES module'))).toMatchObject({ objects: [module, filling] });
});

test.each([
  ['Object {path, body}', 'Object {id, path, body}'],
  ['Object {a, b, c, d, e, f, …}', 'Object {n, a, b, c, d, e, …}'],
  ['Object {a-long-name-of-a-prop, another-long-na', 'Object {n, a-long-name-of-a-prop, another-lon'],
  ['Array {size}', 'Array'],
  ['Object {url, id}', 'Object {id, …}'],
  ['Generator', 'suspended serve()'],
  ['pages', 'generator pages()'],
])('%s of the verdict is the %s of the evidence, which knows more of it', (told, name) => {
  const object = group(name, 40);
  const found = { ...evidence, objects: [filling, object] };
  expect(confirmedFirst(found, leakOf(`class.${told}`))).toMatchObject({ objects: [object, filling] });
});

test.each([
  ['Object {path, body}', 'Object {id, path}'],
  ['Object {path}', 'Object'],
  ['Object {path}', 'Session {path}'],
  ['Session', 'Session {path}'],
  ['Object {a name that is cut within its first propert', 'Object {path}'],
  ['Object {id, x}', 'Object {n, a, x, c, d, e, …}'],
])('%s of the verdict is no %s of the evidence', (told, name) => {
  const object = group(name, 40);
  const found = { ...evidence, objects: [filling, object] };
  expect(confirmedFirst(found, leakOf(`class.${told}`))).toEqual(found);
});

test('where the very class that the verdict names is there, one with more properties is another', () => {
  const [cache, leaking] = [group('Object {path, body}', 400), group('Object {path}', 40)];
  const found = { ...evidence, objects: [cache, leaking] };
  expect(confirmedFirst(found, leakOf('class.Object {path}'))).toMatchObject({ objects: [leaking, cache] });
});

test('what holds as many of a class as the verdict found is named too, and keeps its place', () => {
  const held = (perIteration: number) => [{ name: 'Request', perIteration }];
  const closure = { ...group('function onCanceled', 6_400), with: held(0.99) };
  const buffer = { ...group('Buffer', 9_000), with: held(0.5) };
  const found = { ...evidence, objects: [buffer, closure, group('Promise', 121)] };
  expect(confirmedFirst(found, leakOf('class.Request', 'class.Promise'))).toMatchObject({
    objects: [closure, group('Promise', 121), buffer],
  });
});

test('a store that the verdict names comes after the objects that it names, and before all else', () => {
  const [table, set] = [group('table store', 260), group('Set', 194)];
  const found = { ...evidence, objects: [filling, table, set] };
  expect(confirmedFirst(found, leakOf('class.table store', 'class.Set'))).toMatchObject({
    objects: [set, table, filling],
  });
});

test('the order stays where the verdict names no class', () => {
  expect(confirmedFirst(evidence, leakOf('timers'))).toEqual(evidence);
});

test('of a leak of descriptors alone what grew more seldom is left out, and who allocated it', () => {
  const rare = rareLeakOf('descriptors', 0.01, -1.1);
  const resources = [descriptor];
  const allocations = [{ bytes: 40, share: 0.95, by: PLACE, frames: [] }];
  const pool = { ...filling, perIteration: 1 / 716 };
  const handle = { ...kept, perIteration: 1 / 128 };
  const found = { ...evidence, objects: [pool], resources, allocations };
  const { allocations: _, ...rest } = found;
  expect(confirmedFirst(found, rare)).toEqual({ ...rest, objects: [] });
  const both = { ...found, objects: [pool, handle] };
  expect(confirmedFirst(both, rare)).toEqual({ ...both, objects: [handle] });
  const array = { ...pool, name: 'Array', perIteration: 0 };
  const single = { ...found, objects: [array] };
  expect(confirmedFirst(single, rare)).toEqual(single);
  const alone = { ...found, objects: [] };
  expect(confirmedFirst(alone, rare)).toEqual(alone);
  const unseen = { ...found, resources: [] };
  expect(confirmedFirst(unseen, rare)).toEqual(unseen);
});

test.each([
  ['that grows', 0.2],
  ['of which nothing is known', undefined],
])('beside a heap %s nothing is left out', (_, low) => {
  const objects = [{ ...filling, perIteration: 1 / 716 }];
  const found = { ...evidence, objects, resources: [descriptor] };
  expect(confirmedFirst(found, rareLeakOf('descriptors', 0.01, low))).toEqual(found);
});

test('skipped evidence stays as it is', () => {
  const skipped: Evidence = {
    scenario: 'server',
    build: 'default',
    outcome: 'skipped',
    reason: 'interrupted',
  };
  expect(confirmedFirst(skipped, leakOf('class.function'))).toEqual(skipped);
});

const PLACE = { file: 'log.ts', line: 3, column: 1, function: 'rotate' };

const descriptor: KeptResource = {
  kind: 'descriptor',
  name: 'file /tmp/log',
  perIteration: 0.01,
  exact: false,
  created: [PLACE],
};

function group(name: string, retained: number): KeptObjects {
  return { name, perIteration: 1, exact: true, retained, with: [], paths: [] };
}

function leakOf(name: string, ...others: readonly string[]): Verdict {
  const findings = [findingOf(name), ...others.map(findingOf)] as const;
  return { outcome: 'leak', findings, estimates: [], plateaus: [] };
}

/** With the lower end of what the heap grows by, if it is known. */
function rareLeakOf(name: string, slope: number, low: number | undefined): Verdict {
  const { estimate, ...finding } = findingOf(name);
  const heap = { ...estimate, metric: { name: 'heap.used', unit: 'B', kind: 'bytes' } as const };
  return {
    outcome: 'leak',
    findings: [{ ...finding, estimate: { ...estimate, slope } }],
    estimates: low === undefined ? [] : [{ ...heap, low }],
    plateaus: [],
  };
}

function findingOf(name: string): Finding {
  const metric = { name, unit: 'functions', kind: 'exact' } as const;
  const estimate = {
    metric,
    slope: 1,
    low: 1,
    high: 1,
    confidence: 0.99,
    points: 5,
    method: 'exact',
  } as const;
  return { metric, estimate, growth: 100, from: 0, to: 100, exactMultiple: true };
}
