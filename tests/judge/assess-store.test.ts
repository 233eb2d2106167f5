import { describe, expect, test } from 'vitest';
import { assessStore } from '../../harness/judge/assess-store.ts';

/** Snapshots at the begin, the middle and the end of three stages that follow the planned one, and of a fourth. */
const TABLES = [2037, 3007, 4074, 6111, 8148, 12_000, 16_393];
const LONGER = [...TABLES, 24_000, 32_786];
const ENDS = [0, 2037, 4074, 8148, 16_393, 32_786];

describe('a store', () => {
  test('that grows by half when it is full has grown, in bytes', () => {
    const assessed = assess(n => 4000 + 8 * capacity(n));
    expect(assessed).toMatchObject({ state: 'grows', metric: { name: 'class.array store', unit: 'B' } });
    expect(assessed.estimate.slope).toBeGreaterThanOrEqual(8);
    expect(assessed.estimate.slope).toBeLessThan(8 * 1.5);
  });

  test('of a container that is full has not', () => {
    expect(assess(n => 4000 + 8 * capacity(Math.min(n, 4000))).state).toBe('flat');
  });

  test('that grew in each of less than three stages has been read too seldom', () => {
    expect(assess(n => 4000 + 8 * capacity(n), { at: TABLES.slice(0, 5) }).state).toBe('unread');
  });

  test('beneath others of its class that come and go by up to an eighth of what it gained has grown', () => {
    const beneath = (noise: number) => (n: number) =>
      40_000 + 24 * capacity(n) + noise * (Math.floor(n / 1021) % 2);
    const gained = 24 * (capacity(16_393) - capacity(0));
    expect(assess(beneath(gained * 0.12)).state).toBe('grows');
    expect(assess(beneath(gained * 0.2)).state).toBe('flat');
  });

  test('whose stages bring ever less, as it fills up, has grown only if nothing comes and goes', () => {
    const bytes = [0, 60_000, 100_000, 130_000, 160_000, 200_000, 260_000];
    const filling = (n: number) => bytes[TABLES.indexOf(n)] ?? 0;
    expect(assess(filling).state).toBe('grows');
    expect(assess(n => (n === 3007 ? 110_000 : filling(n))).state).toBe('flat');
  });

  test('that gave back what it took has not', () => {
    expect(assess(n => 4000 + (n === 6111 ? 0 : n)).state).toBe('flat');
  });
});

describe('a store of an old container', () => {
  const grown = (n: number) => 24 * capacity(n);
  const swinging = (n: number) => 4e6 + grown(n) + 2e6 * (Math.floor(n / 1021) % 2);

  test('has grown beneath any that come and go, at its own rate', () => {
    const assessed = assess(swinging, { ofOld: grown, at: LONGER });
    expect(assessed.state).toBe('grows');
    expect(assessed.estimate.slope).toBeGreaterThan(20);
    expect(assessed.estimate.slope).toBeLessThan(40);
  });

  test('has not where all of them do not bear it out: they only grow older', () => {
    expect(assess(() => 4e6, { ofOld: grown, at: LONGER }).state).toBe('flat');
  });

  test('leaves it open where it grew in two stages, and one more would tell', () => {
    const late = (n: number) => 24 * Math.max(n, 4074);
    expect(assess(swinging, { ofOld: late })).toMatchObject({ state: 'unread', goesOn: true });
    expect(assess(swinging, { ofOld: late, at: TABLES.slice(0, 5) })).not.toHaveProperty('goesOn');
  });

  test('is borne out by what all came to where their slopes stray', () => {
    const all = [2, 10, 5, 9, 4, 11, 5, 12, 6];
    const strays = (n: number) => 1e5 * (all[LONGER.indexOf(n)] ?? 0);
    const old = (n: number) => 15 * n;
    expect(assess(strays, { ofOld: old, at: LONGER }).state).toBe('grows');
  });

  test('has not where it is full', () => {
    const full = (n: number) => grown(Math.min(n, 9000));
    expect(assess(swinging, { ofOld: full, at: LONGER }).state).toBe('flat');
  });

  test('may be judged from the second snapshot on, as the first has seen nothing before', () => {
    expect(assess(swinging, { ofOld: n => 24 * n }).state).toBe('grows');
    expect(assess(swinging, { ofOld: n => 24 * Math.max(n, 4074) }).state).toBe('unread');
  });
});

type Bytes = (iteration: number) => number;

function assess(
  bytes: Bytes,
  { ofOld = () => 0, at = TABLES }: { readonly ofOld?: Bytes; readonly at?: readonly number[] } = {},
) {
  const tables = at.map((iteration, place) => ({
    iteration,
    newest: iteration,
    seen: { count: 0, bytes: 0 },
    classes: {
      'array store': {
        count: 5,
        bytes: bytes(iteration),
        seen: 5,
        seenBytes: place === 0 ? 0 : ofOld(iteration),
      },
    },
  }));
  const rule = { allowance: 16, confidence: 0.99, warmup: 50, end: at.at(-1) ?? 0 };
  return assessStore('array store', tables, ENDS, rule);
}

/** Of an array that has taken n numbers, as V8 grows it: by half and sixteen. */
function capacity(n: number): number {
  let slots = 17;
  while (slots < n) slots = slots + Math.floor(slots / 2) + 16;
  return slots;
}
