import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { UsageError } from '../../../harness/errors.ts';
import { namedScenarios, onlyScenario } from '../../../scripts/config/named-scenarios.ts';

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

  test('takes the file of the configuration that is called so', () => {
    const known = [join(folder, 'a.mjs'), join(folder, 'b.mjs')];
    expect(namedScenarios(['b', 'auto-reload'], folder, known)).toEqual([
      join(folder, 'b.mjs'),
      'auto-reload',
    ]);
  });

  test('takes a file whose name looks like a pattern, and patterns below a folder of such a name', () => {
    const odd = join(folder, '{{slug}}');
    mkdirSync(odd);
    writeFileSync(join(odd, 'a.mjs'), '');
    expect(namedScenarios([join(odd, 'a.mjs')], folder)).toEqual([join(odd, 'a.mjs')]);
    expect(namedScenarios(['*.mjs'], odd)).toEqual([join(odd, 'a.mjs')]);
  });

  test.each([
    ['of the configuration', 'sesions', '"sesions"; did you mean "sessions"?'],
    ['that comes with leakgate', 'auto-relod', '"auto-relod"; did you mean "auto-reload"?'],
    ['that is a folder', 'leaks', '"leaks", a folder; "leaks/*.cjs" stands for the scenarios in it'],
    ['that is an empty folder', 'none', '"none", a folder'],
    ['that is empty', '', '""'],
    ['like no other', 'elsewhere', '"elsewhere"'],
  ])('refuses a name %s and says what there is', (_, name, end) => {
    for (const made of ['leaks', 'none']) mkdirSync(join(folder, made), { recursive: true });
    writeFileSync(join(folder, 'leaks/a.cjs'), '');
    const known = [join(folder, 'sessions.mjs'), 'auto-reload'];
    const attempt = () => namedScenarios([name], folder, known);
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(
      /\.ts, or one of the configuration's, as their files are called, sessions, or one that comes with leakgate, auto-reload, /,
    );
    expect(attempt).toThrow(new RegExp(`zone-churn: ${end.replaceAll(/[?*.]/g, '\\$&')}$`));
  });

  test('refuses a pattern that matches no file', () => {
    expect(() => namedScenarios(['leaks/*.mjs'], folder)).toThrow(UsageError);
  });
});

describe('onlyScenario()', () => {
  test('is the only one', () => {
    expect(onlyScenario(['auto-reload'])).toBe('auto-reload');
  });

  test('refuses several, and says which', () => {
    expect(() => onlyScenario(['a.mjs', 'b.mjs'])).toThrow(/must be one: there are 2, a\.mjs, b\.mjs/);
  });
});
