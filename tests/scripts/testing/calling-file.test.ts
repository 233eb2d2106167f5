import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { callingFile } from '../../../scripts/testing/calling-file.ts';

function called(): string | undefined {
  return callingFile(called);
}

test('is the file of the call, also where Node makes it', () => {
  const here = fileURLToPath(import.meta.url);
  const files = [called(), ...[1].map(called)];
  expect(files.map(file => file?.replace(/^file:\/\//, ''))).toEqual([here, here]);
});

test('leaves the way in which stacks are written as it was', () => {
  const prepared = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  called();
  expect(Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')).toEqual(prepared);
});
