import { expect, test } from 'vitest';
import { isOfProgram, ownFrame } from '../../harness/model.ts';

const at = (file: string) => ({ file, line: 1, column: 1, function: '' });

test.each([
  ['src/client.ts', true],
  ['/home/me/node_modules_of_mine/client.ts', true],
  ['node_modules/undici/core.js', false],
  ['/home/me/app/node_modules/undici/core.js', false],
  ['C:\\app\\node_modules\\undici\\core.js', false],
])('%s is of the program: %s', (file, expected) => {
  expect(isOfProgram(at(file))).toBe(expected);
});

test('the own frame is the innermost of the program, else the innermost', () => {
  const [within, own, outer] = [at('node_modules/undici/core.js'), at('src/client.ts'), at('src/main.ts')];
  expect(ownFrame([within, own, outer])).toBe(own);
  expect(ownFrame([within])).toBe(within);
  expect(ownFrame([])).toBeUndefined();
});
