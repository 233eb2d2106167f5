import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { toldNotes } from '../../harness/worker/told-notes.ts';

test('figures of a scenario are told, what is neither text nor a finite number as text', () => {
  const notes = { answered: 12, state: 'drained', share: Number.NaN, nothing: undefined, list: [1, 2] };
  expect(toldNotes(notes)).toEqual({ answered: 12, state: 'drained', share: 'NaN', list: '[ 1, 2 ]' });
  expect(toldNotes(Object.assign(Object.create(null), { answered: 1 }))).toEqual({ answered: 1 });
});

test.each([['OK'], [[1, 2]], [createServer()], [new Map([['a', 1]])], [undefined], [null], [7]])(
  'what teardown happens to return, as %s, is no figure',
  returned => {
    expect(toldNotes(returned)).toEqual({});
  },
);
