import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../harness/errors.ts';
import {
  type GivenOptions,
  NULL_SCENARIO,
  type Parameters,
  type ScenarioDescription,
  type TrialOptions,
} from '../harness/model.ts';
import { DEFAULT_OPTIONS, JIT_ALLOWANCE, STABLE_FLAGS } from '../harness/options.ts';
import { plan } from '../harness/plan.ts';
import nullScenario from '../harness/worker/null-scenario.ts';

describe('plan()', () => {
  test('plans one trial per build with everything it needs', () => {
    expect(plan([described('reload')])).toEqual([
      {
        id: 'reload/fixed/1',
        scenario: 'reload',
        scenarioPath: '/scenarios/reload.mjs',
        target: 'module',
        build: 'fixed',
        variant: 'stable',
        repetition: 1,
        expect: 'steady',
        parameters: { zones: 10 },
        options: { ...DEFAULT_OPTIONS, windows: 10 },
      },
      expect.objectContaining({
        id: 'reload/leaky/1',
        expect: 'leak',
        parameters: { zones: 10, leak: true },
      }),
    ]);
  });

  test('alternates builds and turns their order round in every other repetition', () => {
    const trials = plan([described('a'), described('b')], { repetitions: 2 });
    expect(trials.map(({ id }) => id)).toEqual([
      'a/fixed/1',
      'a/leaky/1',
      'b/fixed/1',
      'b/leaky/1',
      'a/leaky/2',
      'a/fixed/2',
      'b/leaky/2',
      'b/fixed/2',
    ]);
  });

  test('keeps to the builds asked for', () => {
    const trials = plan([described('a'), described('b')], { builds: ['leaky'] });
    expect(trials.map(({ id }) => id)).toEqual(['a/leaky/1', 'b/leaky/1']);
  });

  test('puts the command line over the build over the scenario', () => {
    const request = {
      parameters: { zones: 3, leak: false },
      overrides: { windows: 5, seed: 7 },
    };
    const [fixed, leaky] = plan([described('a')], request);
    expect(fixed?.parameters).toEqual({ zones: 3, leak: false });
    expect(leaky?.parameters).toEqual({ zones: 3, leak: false });
    expect(leaky?.options).toEqual({ ...DEFAULT_OPTIONS, windows: 5, seed: 7 });
  });

  test('gives a parameter only to scenarios that know it', () => {
    const other = { ...described('b'), parameters: { size: 1 }, builds: { fixed: {} } };
    const trials = plan([described('a'), other], { builds: ['fixed'], parameters: { size: 2 } });
    expect(trials.map(({ parameters }) => parameters)).toEqual([{ zones: 10 }, { size: 2 }]);
  });

  test('adds a trial per build without the stable flags, other flags kept', () => {
    const nodeFlags = [...STABLE_FLAGS, '--max-old-space-size=100'];
    const trials = plan([described('a')], { jit: 'every', overrides: { nodeFlags } });
    expect(trials.map(({ id, variant }) => [id, variant])).toEqual([
      ['a/fixed/1', 'stable'],
      ['a/leaky/1', 'stable'],
      ['a/fixed/jit', 'jit'],
      ['a/leaky/jit', 'jit'],
    ]);
    expect(trials[0]?.options.nodeFlags).toEqual(nodeFlags);
    expect(trials[2]?.options.nodeFlags).toEqual(['--max-old-space-size=100']);
  });

  test('ends with the null run, under the settings of the first scenario but with fewer readings', () => {
    const others = { ...described('b'), options: { iterations: 700 } };
    const request = { nullRun: true, overrides: { iterations: 500, windows: 30 } };
    const trial = plan([described('a'), others], request).at(-1);
    expect(trial).toMatchObject({
      id: 'null/default/1',
      scenario: NULL_SCENARIO,
      target: 'module',
      expect: 'steady',
    });
    expect(trial?.options).toEqual({ ...DEFAULT_OPTIONS, windows: 10, censuses: 3, iterations: 500 });
    expect(existsSync(trial?.scenarioPath ?? '')).toBe(true);
  });

  test('knows the null run by the name that its scenario has', () => {
    expect(nullScenario.name).toBe(NULL_SCENARIO);
  });

  test('gives the null run no more readings than the scenario has', () => {
    const request = { nullRun: true, overrides: { windows: 6, censuses: 2 } };
    expect(plan([described('a')], request).at(-1)?.options).toMatchObject({ windows: 6, censuses: 2 });
  });

  test('plans the base beside the builds asked for', () => {
    const trials = plan([described('reload')], { builds: ['leaky'], baseBuild: 'fixed' });
    expect(trials.map(({ id }) => id)).toEqual(['reload/fixed/1', 'reload/leaky/1']);
  });

  test.each([
    ['no build', { baseBuild: 'older' }],
    ['the only build', { builds: ['fixed'], baseBuild: 'fixed' }],
    ['none beside another build', { builds: ['leaky'], baseBuild: 'alone' }],
  ])('refuses a base that is %s of the scenarios', (_, request) => {
    const other = { ...described('other'), builds: { alone: {} } };
    const attempt = () => plan([described('reload'), other], request);
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(
      /^Cannot compare as the base must be a file that exists, or a build beside another of its scenario, where there are fixed, leaky, alone: /,
    );
  });
});

test('a time may be text with its unit', () => {
  const overrides = { budget: '1.5min', deadline: '500ms' };
  const [trial] = plan([described('a')], { overrides });
  expect(trial?.options).toMatchObject({ budget: 90_000, deadline: 500 });
});

describe('the allowance', () => {
  const allowance = (overrides: Partial<TrialOptions>) =>
    plan([described('a')], { overrides })[0]?.options.allowance;

  test('is larger where V8 optimises, unless one is given', () => {
    expect(allowance({ nodeFlags: [] })).toBe(JIT_ALLOWANCE);
    expect(allowance({ nodeFlags: ['--max-old-space-size=100'] })).toBe(JIT_ALLOWANCE);
    expect(allowance({ nodeFlags: [], allowance: 8 })).toBe(8);
  });

  test('is the usual one with the optimising tiers off', () => {
    expect(allowance({ nodeFlags: ['--jitless'] })).toBe(DEFAULT_OPTIONS.allowance);
    expect(allowance({})).toBe(DEFAULT_OPTIONS.allowance);
  });
});

describe('plan() refuses', () => {
  test.each<[string, GivenOptions, string]>([
    ['too few iterations', { iterations: 3 }, 'iterations must be a whole number >= 7: current value is 3'],
    [
      'half an iteration',
      { iterations: 7.5 },
      'iterations must be a whole number >= 7: current value is 7.5',
    ],
    ['no warm-up', { warmup: 0 }, 'warmup must be a whole number >= 1: current value is 0'],
    [
      'a limit below the warm-up',
      { warmup: 600 },
      'warmupLimit must be >= warmup (600): current value is 500',
    ],
    [
      'a limit below the iterations',
      { iterations: 5000, maxIterations: 4000 },
      'maxIterations must be 0 or >= iterations (5000): current value is 4000',
    ],
    ['no share', { measuringShare: 0 }, 'measuringShare must be > 0 and <= 1: current value is 0'],
    ['certainty', { confidence: 1 }, 'confidence must be > 0 and < 1: current value is 1'],
    ['a deadline no timer keeps', { deadline: 2 ** 31 }, 'current value is 2147483648'],
    [
      'a time without a unit',
      { budget: '30' },
      'budget must be milliseconds >= 0, or a time such as "30s", "500ms" or "2min": current value is "30"',
    ],
  ])('%s', (_, overrides, message) => {
    const refusal = () => plan([described('auto-reload')], { overrides });
    expect(refusal).toThrow(UsageError);
    expect(refusal).toThrow('Cannot plan "auto-reload" as ');
    expect(refusal).toThrow(message);
  });

  test('more iterations than the limit of a scenario, which 0 lifts', () => {
    const limited = { ...described('a'), options: { maxIterations: 4000 } };
    const planned = (overrides: GivenOptions) => plan([limited], { overrides })[0]?.options;
    expect(() => planned({ iterations: 5000 })).toThrow(/^Cannot plan "a" as maxIterations must be 0 or /);
    expect(planned({ iterations: 5000, maxIterations: 0 })).toMatchObject({ iterations: 5000 });
    expect(planned({ iterations: 4000 })).toMatchObject({ maxIterations: 4000 });
  });

  test('an option that a scenario misspells', () => {
    const options = { iteration: 100 } as Partial<TrialOptions>;
    expect(() => plan([{ ...described('a'), options }])).toThrow(
      /its options must be among iterations, warmup, .*: current value names "iteration"; did you mean "iterations"\?$/,
    );
  });

  test('a build that no scenario has', () => {
    expect(() => plan([described('a')], { builds: ['mended'] })).toThrow(
      'Cannot plan build "mended" as it must be one of fixed, leaky: current value is "mended"',
    );
  });

  test('a parameter that no scenario knows', () => {
    expect(() => plan([described('a')], { parameters: { zone: 1 } })).toThrow(
      'Cannot set "zone" as a parameter must be one of zones, leak: current value is "zone"; did you mean "zones"?',
    );
    const bare = { ...described('a'), parameters: {}, builds: { default: {} } };
    expect(() => plan([bare], { parameters: { zone: 1 } })).toThrow(
      'Cannot set "zone" as a parameter must be one that a scenario has, and none has any: current value is "zone"',
    );
  });

  test('a parameter of another kind, also where only builds have it', () => {
    const attempt = (parameters: Parameters) => () => plan([described('a')], { parameters });
    expect(attempt({ zones: 'ten' })).toThrow('as it must be a number, like 10: current value is "ten"');
    const versioned = { ...described('a'), parameters: { version: '1.0' } };
    expect(() => plan([versioned], { parameters: { version: 2 } })).toThrow(
      `like "1.0": current value is 2; text is put in quotes: --set 'version="..."'`,
    );
    expect(attempt({ leak: 'slowly' })).toThrow(
      'as it must be a boolean, like true: current value is "slowly"',
    );
    const listed = { ...described('a'), parameters: { hosts: {}, path: null } };
    expect(() => plan([listed], { parameters: { hosts: 'a' } })).toThrow(
      'as it must be an object, like {}: current value is "a"',
    );
  });

  test('no parameter whose default says nothing of its kind', () => {
    const open = { ...described('a'), parameters: { path: null } };
    const [trial] = plan([open], { parameters: { path: '/tmp/a' } });
    expect(trial?.parameters).toMatchObject({ path: '/tmp/a' });
    const limited = {
      ...described('a'),
      parameters: { limit: null },
      builds: { default: {}, small: { limit: 10 } },
    };
    for (const limit of [null, 5])
      expect(plan([limited], { parameters: { limit } })[0]?.parameters).toMatchObject({ limit });
    expect(() => plan([limited], { parameters: { limit: 'no' } })).toThrow('as it must be a number, like 10');
  });

  test('two scenarios of one name, and one called like the null run', () => {
    expect(() => plan([described('a'), described('a')])).toThrow('"a" is also that of /scenarios/a.mjs');
    expect(() => plan([described('null')])).toThrow('"null" is also that of the null run');
  });
});

function described(name: string): ScenarioDescription {
  return {
    name,
    description: '',
    path: `/scenarios/${name}.mjs`,
    unit: 'reload',
    target: 'module',
    builds: { fixed: {}, leaky: { leak: true } },
    expect: { fixed: 'steady', leaky: 'leak' },
    parameters: { zones: 10 },
    options: { windows: 10 },
  };
}
