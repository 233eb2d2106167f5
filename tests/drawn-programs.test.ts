import { describe, expect, it, vi } from 'vitest';

interface Drawn {
  readonly thing: {
    readonly kind: string;
    readonly make: (...given: unknown[]) => unknown;
    readonly close?: (made: unknown) => unknown;
  };
  readonly place: string;
  readonly mistake: {
    readonly rate: number;
    readonly from: number;
    readonly burst: number;
    readonly isRandom: boolean;
    readonly how: 'let go of' | 'close';
  };
  readonly habits: readonly Habit[];
}

interface Habit {
  readonly name: string;
  readonly run: (iteration: number, random: () => number) => unknown;
  readonly kept?: () => number;
}

interface Program {
  run(iteration: number): unknown;
  held(): number;
  due(): number;
  forgotten(): number;
}

interface Draw {
  readonly drawProgram: (number: number, plan: number) => Drawn;
  readonly describeProgram: (drawn: Drawn) => string;
}

const { drawProgram, describeProgram }: Draw = await load('drawn/draw');
const { Program }: { Program: new (drawn: Drawn, forgets: boolean) => Program } = await load('drawn/program');
const { THINGS }: { THINGS: object } = await load('drawn/things');
const { HOLDERS }: { HOLDERS: object } = await load('drawn/holders');
const { HABITS }: { HABITS: readonly ((dice: () => number, plan: number) => Habit)[] } =
  await load('drawn/habits');
const { seeded }: { seeded: (seed: number) => () => number } = await load('random');

const PLAN = 2000;
const MANY = Array.from({ length: 1000 }, (_, number) => number);
/** The first of each thing, holder and mistake. */
const NUMBERS = firstOfEach(number => {
  const { thing, place, mistake } = drawProgram(number, PLAN);
  return [`${thing.kind} ${mistake.how}`, place];
});

describe('a drawn program', () => {
  it('is the same for the same number, and another for another one', () => {
    const texts = MANY.map(number => describeProgram(drawProgram(number, PLAN)));
    expect(MANY.map(number => describeProgram(drawProgram(number, PLAN)))).toEqual(texts);
    expect(new Set(texts).size).toBe(MANY.length);
  });

  it('may be any of the things in any of the holders beside any of the habits', () => {
    const drawn = MANY.map(number => drawProgram(number, PLAN));
    expect(new Set(drawn.map(({ thing }) => thing.kind)).size).toBe(Object.keys(THINGS).length);
    expect(new Set(drawn.map(({ place }) => place)).size).toBe(Object.keys(HOLDERS).length);
    expect(new Set(drawn.flatMap(({ habits }) => habits.map(({ name }) => name))).size).toBe(HABITS.length);
  });

  it.each([500, PLAN, 1_000_000])('forgets 20 things or more over a plan of %i', plan => {
    const fewest = MANY.map(number => {
      const { rate, from, isRandom } = drawProgram(number, plan).mistake;
      return ((plan - from) * rate) / (isRandom ? 2 : 1);
    });
    expect(Math.min(...fewest)).toBeGreaterThanOrEqual(20);
  });

  it.each(NUMBERS)('%i lets go of all it holds in its healthy build, and closes it', async number => {
    const { drawn, made, closed } = counted(drawProgram(number, PLAN));
    const program = new Program(drawn, false);
    const most = await mostHeld(program, 0, 2 * PLAN);
    expect(await mostHeld(program, 2 * PLAN, 3 * PLAN)).toBeLessThanOrEqual(most);
    expect(program.held()).toBe(program.due());
    if (drawn.thing.close) expect(closed()).toBe(made() - program.due());
  });

  it.each(NUMBERS)('%i forgets in its leaky build as many as it says', async number => {
    const { drawn, made, closed } = counted(drawProgram(number, PLAN));
    const { rate, burst, isRandom, how } = drawn.mistake;
    const program = new Program(drawn, true);
    await mostHeld(program, 0, PLAN / 2);
    const before = program.forgotten();
    await mostHeld(program, PLAN / 2, PLAN);
    const expected = (rate * PLAN) / 2;
    const astray = Math.abs(program.forgotten() - before - expected);
    expect(astray).toBeLessThanOrEqual(isRandom ? 4 * Math.sqrt(expected) : burst);
    expect(program.held()).toBe(program.due() + (how === 'let go of' ? program.forgotten() : 0));
    if (drawn.thing.close) expect(closed()).toBeLessThanOrEqual(made() - program.forgotten());
  });
});

describe('a habit', () => {
  it.each(HABITS)('%o keeps no more after three plans than after two', async habit => {
    for (const seed of [1, 2, 3]) {
      const { run, kept = () => 0 } = habit(seeded(seed), PLAN);
      const random = seeded(seed);
      const most = [0, 0, 0];
      for (let iteration = 0; iteration < 3 * PLAN; iteration++) {
        await run(iteration, random);
        const plan = Math.floor(iteration / PLAN);
        most[plan] = Math.max(most[plan] ?? 0, kept());
      }
      const [first = 0, second = 0, third = 0] = most;
      expect(third).toBeLessThanOrEqual(Math.max(first, second) * 1.2);
    }
  });
});

function firstOfEach(traitsOf: (number: number) => readonly string[]): readonly number[] {
  const first = new Map<string, number>();
  for (const number of MANY) {
    for (const trait of traitsOf(number)) if (!first.has(trait)) first.set(trait, number);
  }
  return [...new Set(first.values())].toSorted((a, b) => a - b);
}

/** The same program, and how many things it has made and closed. */
function counted(drawn: Drawn) {
  const { close } = drawn.thing;
  const make = vi.fn(drawn.thing.make);
  const closing = vi.fn(close);
  return {
    drawn: { ...drawn, thing: { ...drawn.thing, make, ...(close && { close: closing }) } },
    made: () => make.mock.calls.length,
    closed: () => closing.mock.calls.length,
  };
}

/** The most that the program holds at the end of any of these iterations. */
async function mostHeld(program: Program, from: number, to: number): Promise<number> {
  let most = 0;
  for (let iteration = from; iteration < to; iteration++) {
    await program.run(iteration);
    most = Math.max(most, program.held());
  }
  return most;
}

async function load(module: string) {
  return await import(new URL(`corpus/${module}.mjs`, import.meta.url).href);
}
