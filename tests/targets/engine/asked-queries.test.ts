import { expect, test } from 'vitest';
import { AskedQueries } from '../../../harness/targets/engine/asked-queries.ts';

const ADDRESSES = { 'a.example': '192.0.2.1', 'b.example': '192.0.2.2' };
const [RIGHT, WRONG] = ['192.0.2.1', '192.0.2.99'];

/** One query, given up as lost. */
function lostQuery(): { readonly queries: AskedQueries; readonly id: number } {
  const queries = new AskedQueries(ADDRESSES);
  const id = queries.ask('a.example', 0);
  queries.dropLost(1999);
  expect(queries.inFlight).toBe(1);
  queries.dropLost(2000);
  expect(queries.inFlight).toBe(0);
  return { queries, id };
}

test('a right answer in time is an answer and nothing else', () => {
  const queries = new AskedQueries(ADDRESSES);
  queries.answer(queries.ask('a.example', 0), RIGHT);
  queries.dropLost(2000);
  expect(queries.counts).toEqual({ sent: 1, answered: 1, lost: 0, wrong: 0 });
});

test('a right answer that comes after its query was given up leaves it lost alone', () => {
  const { queries, id } = lostQuery();
  queries.answer(id, RIGHT);
  expect(queries.counts).toEqual({ sent: 1, answered: 0, lost: 1, wrong: 0 });
});

test('a late answer that is wrong is wrong, too', () => {
  const { queries, id } = lostQuery();
  queries.answer(id, WRONG);
  expect(queries.counts).toEqual({ sent: 1, answered: 0, lost: 1, wrong: 1 });
});

test('the second answer to a query is wrong, in time or late', () => {
  const { queries, id } = lostQuery();
  queries.answer(id, RIGHT);
  queries.answer(id, RIGHT);
  expect(queries.counts.wrong).toBe(1);
  const next = queries.ask('a.example', 3000);
  queries.answer(next, RIGHT);
  queries.answer(next, RIGHT);
  expect(queries.counts).toEqual({ sent: 2, answered: 1, lost: 1, wrong: 2 });
});

test.each([-1, 7, 0xffff])('an answer that nobody asked is wrong: %d', id => {
  const { queries } = lostQuery();
  queries.answer(id, undefined);
  expect(queries.counts).toMatchObject({ answered: 0, wrong: 1 });
});

test('an id that is used again belongs to its last query, whose answers are not those of the one before', () => {
  const { queries, id } = lostQuery();
  for (let asked = 1; asked < 0x10000; asked++) queries.answer(queries.ask('a.example', 3000), RIGHT);
  expect(queries.ask('b.example', 3000)).toBe(id);
  queries.answer(id, ADDRESSES['b.example']);
  queries.answer(id, RIGHT);
  expect(queries.counts).toEqual({ sent: 0x10001, answered: 0x10000, lost: 1, wrong: 1 });
});

test('an id in flight is passed over', () => {
  const queries = new AskedQueries(ADDRESSES);
  const first = queries.ask('a.example', 0);
  for (let asked = 1; asked < 0x10000; asked++) queries.answer(queries.ask('a.example', 0), RIGHT);
  expect(queries.ask('b.example', 0)).not.toBe(first);
});
