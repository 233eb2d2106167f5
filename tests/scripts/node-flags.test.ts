import { expect, test } from 'vitest';
import { STABLE_FLAGS } from '../../harness/options.ts';
import { checkNodeFlags } from '../../scripts/node-flags.ts';

test('takes the usual flags, and others that Node knows', () => {
  expect(() => checkNodeFlags([STABLE_FLAGS, [...STABLE_FLAGS, '--no-deprecation']])).not.toThrow();
});

test('refuses flags that Node does not know, with what it says', () => {
  expect(() => checkNodeFlags([['--no-such-flag']])).toThrow(
    /^Cannot use these flags as Node must accept them: --no-such-flag \(.*bad option/,
  );
});

test('refuses flags under which Node ends, with what it says', () => {
  expect(() => checkNodeFlags([['--max-old-space-size=1', '--max-semi-space-size=1']])).toThrow(
    /--max-semi-space-size=1 \((?!it had not ended)/,
  );
});

test.each([
  [['--version'], '--version (no program is run)'],
  [['--print'], '--print (no program is run)'],
  [['missing.js'], /missing\.js \(Error: Cannot find module [^\n]*\)$/],
])('refuses %s, in one line', (flags, message) => {
  expect(() => checkNodeFlags([flags])).toThrow(message);
});

test('refuses flags with which a process waits for a debugger', () => {
  expect(() => checkNodeFlags([['--inspect-brk=0']], 500)).toThrow(
    'Node must accept them: --inspect-brk=0 (it had not ended after 0.5 s)',
  );
});
