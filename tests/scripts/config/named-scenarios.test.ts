import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { UsageError } from '../../../harness/errors.ts';
import { namedScenario, namedScenarios } from '../../../scripts/config/named-scenarios.ts';

const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const name of ['b.mjs', 'a.mjs', 'a.txt']) writeFileSync(join(folder, name), '');

describe('namedScenarios()', () => {
  test('leaves names and paths as they are', () => {
    expect(namedScenarios(['auto-reload', 'leaks/a.mjs'], folder)).toEqual(['auto-reload', 'leaks/a.mjs']);
  });

  test('puts the files in the place of a pattern', () => {
    expect(namedScenarios(['zone-churn', '*.mjs'], folder)).toEqual([
      'zone-churn',
      join(folder, 'a.mjs'),
      join(folder, 'b.mjs'),
    ]);
  });

  test('refuses a pattern that matches no file', () => {
    expect(() => namedScenarios(['leaks/*.mjs'], folder)).toThrow(UsageError);
  });
});

describe('namedScenario()', () => {
  test('is the name, or the one file that a pattern matches', () => {
    expect(namedScenario('auto-reload', folder)).toBe('auto-reload');
    expect(namedScenario('a.m*', folder)).toBe(join(folder, 'a.mjs'));
  });

  test('refuses a pattern that matches several files, or none', () => {
    expect(() => namedScenario('*.mjs', folder)).toThrow(/must match one file: "\*\.mjs" matches 2 in/);
    expect(() => namedScenario('leaks/*.mjs', folder)).toThrow(UsageError);
  });
});
