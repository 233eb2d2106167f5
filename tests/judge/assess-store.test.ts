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

  test('has not where those that come and go by less than that do not bear it out: old ones only grow older', () => {
    const slightly = (n: number) => 4e6 + 1e5 * (Math.floor(n / 1021) % 2);
    expect(assess(slightly, { ofOld: grown, at: LONGER }).state).toBe('flat');
  });

  test('is not asked for where nothing comes and goes, and all of them fill up', () => {
    const bytes = [0, 60_000, 100_000, 120_000, 140_000, 160_000, 175_000];
    const filling = (n: number) => bytes[TABLES.indexOf(n)] ?? 0;
    expect(assess(filling, { ofOld: filling }).state).toBe('flat');
  });

  test('leaves it open where it grew in two stages, and one more would tell', () => {
    const late = (n: number) => 24 * Math.max(n, 4074);
    expect(assess(swinging, { ofOld: late })).toMatchObject({ state: 'unread', goesOn: true });
    expect(assess(swinging, { ofOld: late, at: TABLES.slice(0, 5) })).not.toHaveProperty('goesOn');
  });

  test('is borne out by what all came to, though they rose by less than half as fast by the median', () => {
    // A queue that is never compacted, amid what waits in it; read with Node 20.20.
    const at = [2037, 3091, 4074, 6151, 8148, 10_327, 12_194, 14_430, 16_296];
    const all = [
      962_176, 2_391_864, 6_668_832, 5_397_776, 6_989_120, 6_379_736, 7_830_752, 7_002_024, 8_392_912,
    ];
    const old = [0, 1_420_000, 2_107_008, 3_137_520, 4_683_288, 4_683_288, 7_001_944, 7_001_944, 7_001_944];
    const readings = (bytes: readonly number[]) => (n: number) => bytes[at.indexOf(n)] ?? 0;
    expect(assess(readings(all), { ofOld: readings(old), at, ends: [2037, 4074, 8148, 16_296] }).state).toBe(
      'grows',
    );
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
  {
    ofOld = () => 0,
    at = TABLES,
    ends = ENDS,
  }: { readonly ofOld?: Bytes; readonly at?: readonly number[]; readonly ends?: readonly number[] } = {},
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
  return assessStore('array store', tables, ends, rule);
}

/** Of an array that has taken n numbers, as V8 grows it: by half and sixteen. */
function capacity(n: number): number {
  let slots = 17;
  while (slots < n) slots = slots + Math.floor(slots / 2) + 16;
  return slots;
}
