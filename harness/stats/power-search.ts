/** What became of the runs at one size of a series of sizes. */
export interface Tally {
  readonly runs: number;
  readonly caught: number;
}

export interface SearchRule {
  /** Place of the size to begin with. */
  readonly start: number;
  /** Runs at a size before it counts as caught, */
  readonly repetitions: number;
  /** and the share of them that must have been caught. */
  readonly share: number;
}

/** Nothing more to run; or the place of the size to run next. */
type NextSize = number | undefined;

/** Sizes beside the smallest one that is caught, which show the curve, relative to it, */
const BESIDE = [-1, 1, -2];
/** and of `repetitions` the share that is run at each of them, at least one. */
const BESIDE_SHARE = 1 / 3;

/**
 * Which of a series of sizes, the smallest first, to plant next so that the smallest one that is caught is
 * soon known: up from a miss and down from a catch by ever longer steps, halving between the largest miss and
 * the smallest catch above it, then `repetitions` runs there, where a miss moves it up again. Last come some
 * runs on either side, a third as many, for the curve.
 */
export function nextSize(tallies: readonly Tally[], rule: SearchRule): NextSize {
  const { repetitions } = rule;
  const { missed, caught } = bracket(tallies, rule.share);
  const last = tallies.length - 1;
  const tried = tallies.filter(({ runs }) => runs > 0);
  if (tried.length === 0) return Math.min(Math.max(0, rule.start), last);
  if (caught === undefined) {
    const stride = 2 ** Math.max(0, tried.filter(tally => tally.caught === 0).length - 1);
    return missed === last ? undefined : Math.min(missed + stride, last);
  }
  if (missed === -1 && caught > 0) return Math.max(0, caught - 2 ** (tried.length - 1));
  if (caught - missed > 1) return Math.floor((missed + caught) / 2);
  if (runsAt(tallies, caught) < repetitions) return caught;
  const beside = Math.max(1, Math.round(repetitions * BESIDE_SHARE));
  return BESIDE.map(distance => caught + distance).find(
    place => tallies[place] !== undefined && runsAt(tallies, place) < beside,
  );
}

/**
 * Place of the smallest size that was caught often enough in `repetitions` runs or more, as was every larger
 * one that was tried at all; undefined if there is none.
 */
export function smallestCaught(
  tallies: readonly Tally[],
  { repetitions, share }: Pick<SearchRule, 'repetitions' | 'share'>,
): number | undefined {
  const { missed } = bracket(tallies, share);
  const place = tallies.findIndex(({ runs }, at) => at > missed && runs >= repetitions);
  return place < 0 ? undefined : place;
}

interface Bracket {
  /** Largest size that was missed too often; -1: none was. */
  readonly missed: number;
  /** Smallest size above it that was tried. */
  readonly caught: number | undefined;
}

function bracket(tallies: readonly Tally[], share: number): Bracket {
  const missed = tallies.findLastIndex(({ runs, caught }) => caught < runs * share);
  const caught = tallies.findIndex(({ runs }, place) => place > missed && runs > 0);
  return { missed, caught: caught < 0 ? undefined : caught };
}

function runsAt(tallies: readonly Tally[], place: number): number {
  return tallies[place]?.runs ?? 0;
}
