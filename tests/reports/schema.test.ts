import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { Report } from '../../harness/model.ts';
import { renderJson } from '../../reports/json.ts';
import { reportJsonSchema } from '../../reports/schema.ts';
import { baselineJsonSchema } from '../../reports/schema-baseline.ts';
import { emptyReport, exampleReport, hostileReport } from '../support/report-fixture.ts';
import { unexpectedLeak } from '../support/unexpected-leak.ts';

// After a change of the report's shape: npx vitest run tests/reports/schema.test.ts -u
test('the published JSON Schema is the one that readers use', async () => {
  await expect(reportJsonSchema()).toMatchFileSnapshot('../../reports/report.schema.json');
});

test('the published JSON Schema of baselines is the one that readers use', async () => {
  await expect(baselineJsonSchema()).toMatchFileSnapshot('../../reports/baseline.schema.json');
});

test('the JSON Schema asks for every field that a reader relies on and lets later ones pass', () => {
  const schema: unknown = JSON.parse(reportJsonSchema());
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'leakgate report',
    type: 'object',
    required: expect.arrayContaining(['schemaVersion', 'environment', 'trials', 'exitCode']),
    $defs: { Verdict: { oneOf: [{}, {}, {}] } },
  });
  expect(schema).not.toHaveProperty('required', expect.arrayContaining(['nullRun']));
  expect(schema).not.toHaveProperty('additionalProperties');
});

const ajv = new Ajv.default({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync('reports/report.schema.json', 'utf8')) as object);

test.each<[string, Report]>([
  ['of every outcome', exampleReport()],
  ['with evidence', unexpectedLeak()],
  ['of no trial', emptyReport()],
  ['of hostile names', hostileReport('\u001b[31m <a>\n\u0000')],
  ['of a shard', { ...emptyReport(), shard: { index: 2, count: 4, plan: ['a/b/1'] }, interrupted: true }],
])('a report.json %s fits the published JSON Schema', (_, report) => {
  validate(JSON.parse(renderJson(report)));
  expect(validate.errors ?? []).toEqual([]);
});

test('the sample report fits the published JSON Schema, a damaged one does not', () => {
  const sample = JSON.parse(readFileSync('reports/sample/report.json', 'utf8')) as Report;
  validate(sample);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...sample, exitCode: 7 })).toBe(false);
});
