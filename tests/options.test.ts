import { describe, expect, test } from 'vitest';
import { optimises, STABLE_FLAGS } from '../harness/options.ts';

describe('whether V8 optimises', () => {
  test.each([
    [[], true],
    [STABLE_FLAGS, false],
    [['--no-opt'], false],
    [['--no_opt'], false],
    [['--noopt'], false],
    [['--jitless'], false],
    [['--no-maglev', '--no-sparkplug'], true],
  ])('is known of %j however it is spelled', (flags, expected) => {
    expect(optimises(flags)).toBe(expected);
  });

  test('is what the flags say last', () => {
    expect(optimises(['--no-opt', '--opt'])).toBe(true);
    expect(optimises(['--opt', '--no-opt'])).toBe(false);
    expect(optimises(['--jitless', '--no-jitless'])).toBe(true);
  });
});
