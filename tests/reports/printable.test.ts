import { expect, test } from 'vitest';
import { printable, printableText } from '../../reports/printable.ts';
import { exampleReport, hostileReport } from '../support/report-fixture.ts';

test('an honest report is left as it is', () => expect(printable(exampleReport())).toEqual(exampleReport()));

test('escape sequences, control characters and direction overrides are taken out', () => {
  expect(printableText('a\u0007b\u001b[31mc\u202ed\u001b]8;;http://x\u0007e')).toBe('abcde');
  expect(printableText(' two\nlines\tand\r\nmore ')).toBe('two lines and more');
  expect(printableText('lone \ud800 surrogate')).toBe('lone surrogate');
});

test('paths keep their blanks, as without them they lead nowhere', () => {
  const paths = { file: 'we  ird/a.ts\n\u001b[2J', scenarioPath: 'b  c.mjs', name: 'b  c' };
  expect(printable(paths)).toEqual({ file: 'we  ird/a.ts ', scenarioPath: 'b  c.mjs', name: 'b c' });
});

test('so do the paths of heap snapshots that were kept, and no other words of that name', () => {
  const snapshots = ['we  ird/at-0.heapsnapshot', 'b\n\u001b[2J.heapsnapshot'];
  expect(printable({ snapshots })).toEqual({
    snapshots: ['we  ird/at-0.heapsnapshot', 'b .heapsnapshot'],
  });
  expect(printable({ snapshots: 'in  doubt' })).toEqual({ snapshots: 'in doubt' });
});

test('only the detail of a fault keeps its lines', () => {
  const report = printable(hostileReport('first\nsecond\u001b[2J'));
  const faulted = report.trials.find(judged => judged.result.outcome === 'faulted');
  expect(faulted?.result).toMatchObject({
    fault: { message: 'first second', detail: 'first\nsecond\nfirst\nsecond' },
  });
});
