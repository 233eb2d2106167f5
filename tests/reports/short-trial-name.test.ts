import { expect, test } from 'vitest';
import { shortTrialName } from '../../reports/short-trial-name.ts';

const short = (columns: number, ...ids: string[]) => ids.map(id => shortTrialName(id, ids, columns));

test('a name that fits is whole', () => {
  expect(short(19, 'auto-reload/fixed/1', 'auto-reload/leaky/1')).toEqual([
    'auto-reload/fixed/1',
    'auto-reload/leaky/1',
  ]);
});

test('what all have in common goes first', () => {
  expect(short(10, 'auto-reload/fixed/1', 'auto-reload/leaky/1')).toEqual(['fixed', 'leaky']);
  expect(short(10, 'cache/default/1', 'session/default/1')).toEqual(['cache', 'session']);
  expect(short(10, 'auto-reload/fixed/1', 'auto-reload/fixed/2')).toEqual(['1', '2']);
});

test('then the beginning of what tells them apart', () => {
  const four = ['auto-reload/fixed/1', 'auto-reload/leaky/1', 'zone-churn/fixed/1', 'zone-churn/leaky/1'];
  expect(short(14, ...four)).toEqual([
    'auto-.../fixed',
    'auto-.../leaky',
    'zone-.../fixed',
    'zone-.../leaky',
  ]);
  expect(short(8, ...four)).toEqual(['fixed', 'leaky', 'fixed', 'leaky']);
});

test('a trial that is none of them is cut at its end', () => {
  expect(shortTrialName('null/default/1', ['auto-reload/fixed/1', 'auto-reload/leaky/1'], 10)).toBe(
    'null/de...',
  );
});

test('a trial that is alone is cut at its end', () => {
  expect(short(10, 'auto-reload/fixed/1')).toEqual(['auto-re...']);
});
