import { expect, test } from 'vitest';
import { leadsOutside } from '../harness/leads-outside.ts';

test.each([
  ['..', true],
  ['../a.ts', true],
  ['../..', true],
  ['/elsewhere/a.ts', true],
  ['', false],
  ['a.ts', false],
  ['..cache', false],
  ['..cache/a.ts', false],
  ['a/..b', false],
])('"%s" leads out of its folder: %s', (path, outside) => expect(leadsOutside(path)).toBe(outside));
