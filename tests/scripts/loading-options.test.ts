import { expect, test } from 'vitest';
import { loadingOptions } from '../../scripts/loading-options.ts';

test('scenarios are loaded under the flags and within the deadline that the trials were given', () => {
  const given = { nodeFlags: ['--no-deprecation'], deadline: '5s', iterations: 20 };
  expect(loadingOptions(given)).toEqual({ nodeFlags: ['--no-deprecation'], deadline: 5000 });
  expect(loadingOptions({})).toEqual({});
});

test('a deadline that is none is told of where the trials are planned', () => {
  for (const deadline of ['soon', 0]) expect(loadingOptions({ deadline } as never)).toEqual({});
});

test('refuses what is no list of flags', () => {
  for (const nodeFlags of ['--no-opt', 5, [5]])
    expect(() => loadingOptions({ nodeFlags } as never)).toThrow(
      /^Cannot use the option nodeFlags as it must be a list of flags: current value is /,
    );
});
