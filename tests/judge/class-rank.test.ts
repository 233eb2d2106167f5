import { expect, test } from 'vitest';
import { classRank } from '../../harness/judge/class-rank.ts';
import { classMetric } from '../../harness/model.ts';

const ranked = (...names: string[]) =>
  names.toSorted((one, other) => rankOf(one) - rankOf(other) || names.indexOf(one) - names.indexOf(other));

test('classes by their name come before shapes, the language, functions, what all programs make, and stores', () => {
  expect(
    ranked('array store', 'string', 'function onDone', 'Promise', 'Object {path, body}', 'Session'),
  ).toEqual(['Session', 'Object {path, body}', 'Promise', 'function onDone', 'string', 'array store']);
});

test.each([
  'Map',
  'Promise',
  'Uint8Array',
  'ArrayBuffer',
  'FinalizationRegistry',
  'Array Iterator',
  'AsyncGenerator',
])('%s is of the language', name => expect(rankOf(name)).toBe(rankOf('Set')));

test.each([
  'Timeout',
  'MessagePort',
  'AbortSignal',
  'IncomingMessage',
  'Buffer',
  'MapOfRoutes',
  'constructor',
])('%s is not', name => expect(rankOf(name)).toBe(rankOf('Session')));

test.each([
  'Array',
  'Object',
  'ReadableState',
  'function native_bind',
  'system / Context',
  'closure context',
])('%s says as little as a string', name => expect(rankOf(name)).toBe(rankOf('string')));

function rankOf(name: string): number {
  return classRank(classMetric(name, unitOf(name)));
}

function unitOf(name: string): string {
  if (name.endsWith(' store')) return 'B';
  return ['string', 'closure context'].includes(name) ? `${name}s` : name;
}
