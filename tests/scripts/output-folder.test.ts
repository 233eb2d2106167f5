import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HarnessError, UsageError } from '../../harness/errors.ts';
import { renderHtml } from '../../reports/html.ts';
import { CertificationFolder } from '../../scripts/certification-folder.ts';
import { writeCharts } from '../../scripts/chart-files.ts';
import { freshFolder, OutputFolder } from '../../scripts/output-folder.ts';
import { writeReport } from '../../scripts/write-report.ts';
import { temporaryFolder } from '../support/cli.ts';
import { cleanReport } from '../support/report-fixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('what an older run left is removed, and nothing else', () => {
  const older = new OutputFolder(folder.path);
  older.begin();
  older.append({ type: 'end', elapsed: 1 });
  writeReport(cleanReport(), folder.path);
  writeCharts(cleanReport(), folder.path, 'all');
  writeCharts(cleanReport(), folder.path, 'all', { dark: true });
  writeFileSync(join(folder.path, 'notes.txt'), 'mine');
  expect(readdirSync(folder.path)).toHaveLength(17);
  const newer = new OutputFolder(folder.path);
  expect(readdirSync(folder.path)).toHaveLength(17);
  newer.begin();
  expect(readdirSync(folder.path).sort()).toEqual(['notes.txt', 'samples.jsonl']);
});

test('what a certification left is removed by a run, and what a run left by a certification', () => {
  const certification = { schemaVersion: '1.0.0', builds: [] };
  writeFileSync(join(folder.path, 'certification.json'), JSON.stringify(certification));
  writeFileSync(join(folder.path, 'power-dark.png'), 'drawn');
  new OutputFolder(folder.path).begin();
  expect(readdirSync(folder.path)).toEqual(['samples.jsonl']);
  writeReport(cleanReport(), folder.path);
  new CertificationFolder(folder.path);
  expect(readdirSync(folder.path)).toEqual(['samples.jsonl']);
});

test.each([
  ['report.md', '# Quarterly report'],
  ['report.json', '{"schemaVersion": 2, "results": []}'],
  ['samples.jsonl', '{"mine": 1}\n'],
])("somebody else's %s is left alone", (name, text) => {
  writeFileSync(join(folder.path, name), text);
  expect(() => new OutputFolder(folder.path)).toThrow(UsageError);
  expect(() => new OutputFolder(folder.path)).toThrow(`has ${name}, and no `);
  expect(readFileSync(join(folder.path, name), 'utf8')).toBe(text);
});

test('a folder in the place of a file is refused with what must be', () => {
  mkdirSync(join(folder.path, 'report.json'));
  expect(() => new OutputFolder(folder.path).begin()).toThrow(/^Cannot write results as/);
});

test('what `render` drew alone is an older result too', () => {
  writeFileSync(join(folder.path, 'report.html'), renderHtml(cleanReport()));
  writeCharts(cleanReport(), folder.path);
  new OutputFolder(folder.path).begin();
  expect(readdirSync(folder.path)).toEqual(['samples.jsonl']);
});

test('an empty file is nobody’s: a run that failed at once leaves such', () => {
  writeFileSync(join(folder.path, 'junit.xml'), '');
  new OutputFolder(folder.path).begin();
  expect(readdirSync(folder.path)).toEqual(['samples.jsonl']);
});

test('a folder that cannot be made is refused before anything is measured', () => {
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  expect(() => new OutputFolder(join(file, 'inside'))).toThrow(HarnessError);
  expect(() => freshFolder(file, 'run', new Date(0))).toThrow(HarnessError);
});

test('runs that begin in the same second get folders of their own', () => {
  const names = [1, 2, 3].map(() => basename(freshFolder(folder.path, 'run', new Date(0))));
  expect(names).toEqual([
    '1970-01-01T00-00-00-run',
    '1970-01-01T00-00-00-run-2',
    '1970-01-01T00-00-00-run-3',
  ]);
  expect(readdirSync(join(folder.path, 'out')).sort()).toEqual(names);
});
