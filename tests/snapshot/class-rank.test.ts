import { expect, test } from 'vitest';
import { classRank } from '../../harness/snapshot/class-rank.ts';

const ranked = (...names: string[]) =>
  names.toSorted(
    (one, other) => classRank(one) - classRank(other) || names.indexOf(one) - names.indexOf(other),
  );

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
  'TypedArray',
  'GeneratorFunction',
  'Iterator Helper',
  'WebAssembly.Module',
  'Intl.Locale',
])('%s is of the language', name => expect(classRank(name)).toBe(classRank('Set')));

test.each([
  'Timeout',
  'MessagePort',
  'AbortSignal',
  'IncomingMessage',
  'Buffer',
  'MapOfRoutes',
  'PageIterator',
  'constructor',
])('%s is not', name => expect(classRank(name)).toBe(classRank('Session')));

test.each(['Array', 'Object', 'ReadableState', 'bound function', 'system / Context', 'closure context'])(
  '%s says as little as a string',
  name => expect(classRank(name)).toBe(classRank('string')),
);
