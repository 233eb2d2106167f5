import { expect, test } from 'vitest';
import { styleFor } from '../../scripts/surroundings.ts';

const write = () => true;

test.each([
  ['of a terminal', { isTTY: true, columns: 80 }, '132', 80],
  ['asked for where there is none', {}, '60', 60],
  ['asked for of a terminal that claims none', { isTTY: true, columns: 0 }, '60', 60],
  ['at least that of a word', {}, '10', 20],
  ['of a page where what is asked for is no number', {}, 'wide', 120],
  ['of a page where nothing is asked for', {}, undefined, 120],
])('the width is that %s', (_, terminal, COLUMNS, width) => {
  expect(styleFor({ write, ...terminal }, { COLUMNS }).width).toBe(width);
});

test.each([
  ['1', true],
  ['true', true],
  ['3', true],
  ['0', false],
  ['yes', false],
])('FORCE_COLOR=%s asks for colours: %s', (FORCE_COLOR, color) => {
  expect(styleFor({ write, isTTY: !color }, { FORCE_COLOR }).color).toBe(color);
});

test('an empty FORCE_COLOR says nothing, and NO_COLOR goes over it', () => {
  expect(styleFor({ write, isTTY: true }, { FORCE_COLOR: '' }).color).toBe(true);
  expect(styleFor({ write }, { FORCE_COLOR: '' }).color).toBe(false);
  expect(styleFor({ write, isTTY: true }, { FORCE_COLOR: '1', NO_COLOR: '1' }).color).toBe(false);
});
