import { expect, test } from 'vitest';
import { shortlyNamed } from '../../scripts/run-names.ts';
import { emptyReport } from '../support/report-fixture.ts';

const namesOf = (...paths: readonly string[]) =>
  shortlyNamed(paths.map(name => ({ name, report: emptyReport() }))).map(({ name }) => name);

test('runs side by side are called by what tells their paths apart', () => {
  expect(namesOf('out/main/report.json', 'out/branch/report.json')).toEqual(['main', 'branch']);
  expect(namesOf('runs/main.json', 'runs/killed/samples.jsonl')).toEqual(['main', 'killed']);
});

test('the part of their moments that all share says nothing', () => {
  expect(namesOf('out/2026-01-02T10-11-12', 'out/2026-01-02T10-12-13')).toEqual(['11-12', '12-13']);
});

test('a run that is given twice is numbered', () => {
  expect(namesOf('a', 'b', 'a')).toEqual(['a #1', 'b', 'a #2']);
});
