import { describe, expect, test } from 'vitest';
import { type AllocationReadings, keptAllocations } from '../../harness/evidence/kept-allocations.ts';
import type { Allocations } from '../../harness/worker/protocol.ts';

const at = (file: string, line: number, name: string) => ({ file, line, column: 1, function: name });
const ADD = at('file:///shop/cart.js', 12, 'add');
const PARSE = at('file:///shop/parse.js', 4, 'parse');
const COMPILE = at('file:///shop/node_modules/ajv/core.js', 33, 'compile');
const ROUTE = at('file:///shop/node_modules/express/router.js', 9, 'handle');

type Stack = readonly (typeof ADD)[];

/** With snapshots, and between the latter two: there the mean unless it is given. */
type Alive = readonly [first: number, second: number, last: number, between?: number];

/** Readings after 10, 55, 82 and 110 iterations with so many bytes alive by each stack. */
function readings(...alive: readonly (readonly [Stack, Alive])[]): AllocationReadings {
  const after = (iteration: number, of: (bytes: Alive) => number): Allocations => ({
    iteration,
    interval: 64,
    sites: alive.map(([frames, bytes]) => ({ frames, bytes: of(bytes) })),
  });
  return [
    after(10, ([first]) => first),
    after(55, ([, second]) => second),
    after(82, ([, second, last, between = (second + last) / 2]) => between),
    after(110, ([, , last]) => last),
  ];
}

describe('who allocated what stays', () => {
  test('is told with its bytes per iteration and its share, the largest first', () => {
    const kept = keptAllocations(readings([[PARSE], [0, 900, 2000]], [[ADD], [0, 2700, 6000]]));
    expect(kept).toEqual([
      { bytes: 60, share: 0.75, by: ADD, frames: [ADD] },
      { bytes: 20, share: 0.25, by: PARSE, frames: [PARSE] },
    ]);
  });

  test('is the function that called a package, with the way through it', () => {
    const [kept] = keptAllocations(
      readings([
        [COMPILE, ADD, ROUTE],
        [0, 4500, 10_000],
      ]),
    );
    expect(kept).toMatchObject({ by: ADD, frames: [COMPILE, ADD, ROUTE] });
  });

  test('is the innermost function where only packages were on the stack', () => {
    expect(
      keptAllocations(
        readings([
          [COMPILE, ROUTE],
          [0, 4500, 10_000],
        ]),
      )[0]?.by,
    ).toEqual(COMPILE);
  });

  test('knows packages by their folder, on any system and below the working directory', () => {
    for (const file of ['C:\\shop\\node_modules\\ajv\\core.js', 'node_modules/ajv/core.js']) {
      const [kept] = keptAllocations(
        readings([
          [{ ...COMPILE, file }, ADD],
          [0, 4500, 10_000],
        ]),
      );
      expect(kept?.by).toEqual(ADD);
    }
  });

  test('has its share of all that stays, also of what is too little to be told', () => {
    const many = Array.from({ length: 50 }, (_, line): [Stack, Alive] => [
      [at('file:///shop/routes.js', line + 1, 'route')],
      [0, 180, 400],
    ]);
    const [kept, ...others] = keptAllocations(readings([[ADD], [0, 4500, 10_000]], ...many));
    expect(others).toEqual([]);
    expect(kept?.share).toBeCloseTo(100 / (100 + 50 * 4), 2);
  });

  test('has its share of what Node and V8 allocated by themselves, too, who are not named', () => {
    const kept = keptAllocations(readings([[ADD], [0, 2700, 6000]], [[], [0, 4500, 10_000]]));
    expect(kept).toEqual([{ bytes: 60, share: 0.375, by: ADD, frames: [ADD] }]);
    const few = keptAllocations(readings([[ADD], [0, 2700, 6000]], [[], [0, 450_000, 1_000_000]]));
    expect(few).toEqual([]);
  });

  test('began late whatever Node and V8 allocated before', () => {
    const kept = keptAllocations(readings([[], [0, 9000, 9000]], [[ADD], [0, 0, 55_000]]));
    expect(kept).toEqual([{ bytes: 1000, share: 1, by: ADD, frames: [ADD] }]);
  });

  test('counts every way through a package, and shows the most frequent', () => {
    const kept = keptAllocations(
      readings(
        [
          [COMPILE, ADD],
          [0, 900, 2000],
        ],
        [
          [ROUTE, ADD],
          [0, 3600, 8000],
        ],
      ),
    );
    expect(kept).toEqual([{ bytes: 100, share: 1, by: ADD, frames: [ROUTE, ADD] }]);
  });

  test('is nobody where allocations came in one part only, or shrank', () => {
    const once: readonly Alive[] = [
      [0, 9000, 9000],
      [0, 0, 9000],
      [9000, 4000, 9000],
    ];
    const lasting: [Stack, Alive] = [[PARSE], [0, 45_000, 100_000]];
    for (const bytes of once) {
      const kept = keptAllocations(readings(lasting, [[ADD], bytes]));
      expect(kept.map(({ by }) => by)).toEqual([PARSE]);
    }
  });

  test('is nobody where something stayed of the first part alone', () => {
    expect(keptAllocations(readings([[ADD], [0, 9000, 9000]]))).toEqual([]);
  });

  test('is nobody where something was made once in the second part, and nothing else stayed', () => {
    for (const between of [0, 9000])
      expect(keptAllocations(readings([[ADD], [0, 0, 9000, between]]))).toEqual([]);
  });

  test('is who allocated in both halves of the second part where next to nothing stayed of the first', () => {
    const kept = keptAllocations(readings([[PARSE], [0, 700, 700]], [[ADD], [0, 0, 55_000]]));
    expect(kept).toEqual([{ bytes: 1000, share: 1, by: ADD, frames: [ADD] }]);
  });

  test('takes the slower part where a store grew in the other', () => {
    const [kept] = keptAllocations(readings([[ADD], [0, 80_000, 85_500]]));
    expect(kept?.bytes).toBe(100);
  });

  test('is nobody on the word of a few samples, nor for a small share', () => {
    expect(keptAllocations(readings([[ADD], [0, 200, 420]]))).toEqual([]);
    const shares = keptAllocations(readings([[ADD], [0, 45_000, 100_000]], [[PARSE], [0, 900, 2000]]));
    expect(shares.map(({ by }) => by.function)).toEqual(['add']);
  });
});
