import { describe, expect, it } from 'vitest';

interface Drawn {
  readonly thing: { readonly kind: string };
  readonly place: string;
  readonly mistake: {
    readonly rate: number;
    readonly burst: number;
    readonly isRandom: boolean;
    readonly how: 'let go of' | 'close';
  };
  readonly habits: readonly { readonly name: string }[];
}

interface Program {
  run(iteration: number): unknown;
  held(): number;
  due(): number;
  forgotten(): number;
}

const { drawProgram, describeProgram }: Draw = await load('draw');
const { Program }: { Program: new (drawn: Drawn, forgets: boolean) => Program } = await load('program');
const { THINGS }: { THINGS: object } = await load('things');
const { HOLDERS }: { HOLDERS: object } = await load('holders');
const { HABITS }: { HABITS: readonly unknown[] } = await load('habits');

interface Draw {
  readonly drawProgram: (number: number, plan: number) => Drawn;
  readonly describeProgram: (drawn: Drawn) => string;
}

const PLAN = 2000;
const NUMBERS = Array.from({ length: 40 }, (_, nth) => nth + 1);

describe('a drawn program', () => {
  it('is the same for the same number, and another for another one', () => {
    const texts = NUMBERS.map(number => describeProgram(drawProgram(number, PLAN)));
    expect(NUMBERS.map(number => describeProgram(drawProgram(number, PLAN)))).toEqual(texts);
    expect(new Set(texts).size).toBe(NUMBERS.length);
  });

  it('may be any of the things in any of the holders beside any of the habits', () => {
    const drawn = Array.from({ length: 400 }, (_, number) => drawProgram(number, PLAN));
    expect(new Set(drawn.map(({ thing }) => thing.kind)).size).toBe(Object.keys(THINGS).length);
    expect(new Set(drawn.map(({ place }) => place)).size).toBe(Object.keys(HOLDERS).length);
    const habits = new Set(drawn.flatMap(({ habits }) => habits.map(({ name }) => name)));
    expect(habits.size).toBe(HABITS.length);
  });

  it.each(NUMBERS)('%i holds in its healthy build what it will let go of, and no more', async number => {
    const program = new Program(drawProgram(number, PLAN), false);
    const most = await mostHeld(program, 0, 2 * PLAN);
    expect(await mostHeld(program, 2 * PLAN, 3 * PLAN)).toBeLessThanOrEqual(most);
    expect(program.held()).toBe(program.due());
    expect(program.forgotten()).toBe(0);
  });

  it.each(NUMBERS)('%i forgets in its leaky build as many as it says', async number => {
    const drawn = drawProgram(number, PLAN);
    const { rate, burst, isRandom, how } = drawn.mistake;
    const program = new Program(drawn, true);
    await mostHeld(program, 0, PLAN / 2);
    const before = program.forgotten();
    await mostHeld(program, PLAN / 2, PLAN);
    const expected = (rate * PLAN) / 2;
    const astray = Math.abs(program.forgotten() - before - expected);
    expect(astray).toBeLessThanOrEqual(isRandom ? 4 * Math.sqrt(expected) : burst);
    if (how === 'let go of') expect(program.held()).toBe(program.due() + program.forgotten());
  });
});

/** The most that the program holds at the end of any of these iterations. */
async function mostHeld(program: Program, from: number, to: number): Promise<number> {
  let most = 0;
  for (let iteration = from; iteration < to; iteration++) {
    await program.run(iteration);
    most = Math.max(most, program.due());
  }
  return most;
}

async function load(module: string) {
  return await import(new URL(`corpus/drawn/${module}.mjs`, import.meta.url).href);
}
