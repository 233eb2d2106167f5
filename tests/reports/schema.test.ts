import { expect, test } from 'vitest';
import { reportJsonSchema } from '../../reports/schema.ts';
import { baselineJsonSchema } from '../../reports/schema-baseline.ts';

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
