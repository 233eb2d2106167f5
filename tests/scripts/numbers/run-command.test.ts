import { expect, test } from 'vitest';
import { whenTold } from '../../../scripts/numbers/run-command.ts';

test('a command has told something once all of it was there', () => {
  const stderr = 'started a\ndone a: LEAK\nfinished\n';
  const told = [
    { upTo: 13, at: 100 },
    { upTo: 19, at: 200 },
    { upTo: stderr.length, at: 300 },
  ];
  expect(whenTold({ stderr, told }, /started/)).toBe(100);
  expect(whenTold({ stderr, told }, /a: LEAK/)).toBe(300);
  expect(whenTold({ stderr, told }, /steady/)).toBeNaN();
});
