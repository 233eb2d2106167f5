import { below, seeded } from '../random.mjs';
import { between, oneOf, scaled } from './dice.mjs';
import { drawHabits } from './habits.mjs';
import { HOLDERS } from './holders.mjs';
import { THINGS } from './things.mjs';

/** A leaky program forgets at least so many things over the plan, twice as many where it does so at random. */
const FEWEST_FORGOTTEN = 20;
/** At most so many things come per iteration, and of those the system has few of, */
const MOST_PER_ITERATION = 10;
const MOST_SCARCE = 0.2;
/** at most so many are held at once in a healthy program. */
const MOST_HELD = 5000;
const MOST_SCARCE_HELD = 40;

/**
 * The program of this number for a run of `plan` iterations, 500 or more: things come, are held for a while and let go
 * again, beside up to four habits of other programs. Its leaky build forgets to let go of some, or to close them, and is
 * the same otherwise. Habits have a state, so that one drawing is good for one `Program`.
 */
export function drawProgram(number, plan) {
  const dice = seeded(number);
  const kind = oneOf(Object.keys(THINGS), dice);
  const thing = { kind, size: dice(), ...THINGS[kind] };
  const place = oneOf(Object.keys(HOLDERS), dice);
  const course = oneOf(['evenly', 'evenly', 'at random', 'in bursts'], dice);
  const from = dice() < 0.7 ? 0 : between(1, 0.4 * plan, dice);
  const rarest = (plan - from) / (course === 'at random' ? 2 : 1) / FEWEST_FORGOTTEN;
  const rarity = scaled(1, rarest, dice);
  const traffic = drawTraffic(thing, rarity, dice);
  const mistake = { from, ...drawMistake(thing, traffic, { course, rarity, rarest }, dice) };
  const lifetime = drawLifetime(thing, traffic, plan, dice);
  return { number, thing, place, traffic, mistake, lifetime, habits: drawHabits(dice, plan) };
}

/** In one line, for a person. */
export function describeProgram({ number, thing, place, traffic, mistake, lifetime, habits }) {
  const come = traffic.each > 1 ? `${traffic.each} per iteration` : `one in ${traffic.every} iterations`;
  const size = thing.make.length > 1 ? ` (size ${thing.size.toFixed(2)})` : '';
  const share = mistake.oneIn > 1 ? `one in ${mistake.oneIn}, ${mistake.pace}` : 'all';
  const stays = `one in ${(1 / mistake.rate).toPrecision(3)} iterations stays`;
  return [
    `program ${number}: ${thing.kind}${size}, ${come}, kept in ${place}, ${lifetime.text}`,
    `the leaky build forgets to ${mistake.how} ${share}, from iteration ${mistake.from} on: ${stays}`,
    `beside it: ${habits.map(({ text }) => text).join(', ') || 'nothing'}`,
  ].join('; ');
}

/** How many things come: on average no fewer than one in `rarity` iterations, as that many are forgotten. */
function drawTraffic({ isScarce }, rarity, dice) {
  const most = isScarce ? MOST_SCARCE : MOST_PER_ITERATION;
  const perIteration = scaled(Math.min(most, 1 / rarity), most, dice);
  return { each: Math.max(1, Math.round(perIteration)), every: Math.max(1, Math.round(1 / perIteration)) };
}

/** Which are forgotten: one in `oneIn` things, `rate` of them per iteration, so many in a row in bursts. */
function drawMistake({ close, closedAlone }, { each, every }, { course, rarity, rarest }, dice) {
  const oneIn = Math.max(1, Math.floor((each / every) * rarity));
  const rate = each / (every * oneIn);
  const burst = course === 'in bursts' && oneIn > 1 ? between(1, Math.max(1, rarest * rate), dice) : 1;
  const isRandom = course === 'at random';
  const how = close && closedAlone && dice() < 0.5 ? 'close' : 'let go of';
  const pace = burst > 1 ? `in bursts of ${burst}` : isRandom ? course : 'evenly';
  return { how, oneIn, burst, isRandom, rate, pace };
}

function drawLifetime({ isScarce }, { each, every }, plan, dice) {
  const rate = each / every;
  const most = isScarce ? MOST_SCARCE_HELD : MOST_HELD;
  const longest = Math.min(300, most / rate / 2);
  const life = between(1, longest, dice);
  const sweep = between(1, longest, dice);
  // Full by one and a half times the plan.
  const bound = between(1, Math.max(1, Math.min(most, 1.5 * plan * rate)), dice);
  return oneOf(
    [
      { text: `for ${life} iterations`, life, sweep: 1 },
      { text: `for ${life} iterations, swept every ${sweep}`, life, sweep },
      { text: `the last ${bound} of them`, bound },
    ],
    dice,
  );
}

/** Which of the things that come, counted from 0, are forgotten: so many in a row out of so many. */
export function isForgotten(nth, { oneIn, burst, isRandom }, random) {
  return isRandom ? below(oneIn, random) === 0 : nth % (oneIn * burst) < burst;
}
