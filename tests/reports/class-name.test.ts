import { expect, test } from 'vitest';
import { classMetric } from '../../harness/class-metric.ts';
import { className } from '../../reports/class-name.ts';

test('a metric that counts the objects of a class names it, and no other metric does', () => {
  expect(className(classMetric('Object {path, body}', 'objects'))).toBe('Object {path, body}');
  expect(className({ name: 'population' })).toBeUndefined();
  expect(className({ name: 'instances.class.Zone' })).toBeUndefined();
});
