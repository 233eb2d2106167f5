import { expect, test } from 'vitest';
import { UsageError } from '../harness/errors.ts';
import { checkSettings } from '../harness/merge-settings.ts';
import type { Parameters, Report, ScenarioDescription, TrialOptions } from '../harness/model.ts';
import { emptyReport, exampleReport } from './support/report-fixture.ts';

const [example] = exampleReport().trials;
if (!example) throw new Error('The example must have a trial');
const { trial } = example.result;

interface Told {
  readonly options?: Partial<TrialOptions>;
  readonly parameters?: Parameters;
  readonly own?: Partial<ScenarioDescription>;
}

/** A shard with one trial of the scenario. */
function shard(scenario: string, { options, parameters = {}, own }: Told = {}): Report {
  const [description] = exampleReport().scenarios;
  if (!description) throw new Error('The example must have a scenario');
  const told = {
    ...trial,
    scenario,
    build: 'default',
    variant: 'stable' as const,
    parameters,
    options: { ...trial.options, ...options },
  };
  return {
    ...emptyReport(),
    scenarios: [
      { ...description, name: scenario, builds: { default: {} }, parameters: {}, options: {}, ...own },
    ],
    trials: [{ ...example, result: { ...example?.result, trial: told } } as Report['trials'][number]],
  };
}

const check = (...reports: readonly Report[]) =>
  checkSettings(reports.map((report, at) => ({ name: `r${at + 1}`, report })));

test('shards with the same options are of one run', () => {
  check(shard('a'), shard('b'), shard('a'));
});

test('an option given to one of them alone is refused, with its values', () => {
  const refused = () => check(shard('a', { options: { iterations: 100, allowance: 1 } }), shard('b'));
  expect(refused).toThrow(UsageError);
  expect(refused).toThrow(
    'Cannot merge as shards must be run with the same options and parameters: iterations is 100 in r1, 2000 in r2; allowance is 1 in r1, 64 in r2',
  );
});

test('scenarios may have options of their own, unless a shard was given others', () => {
  const own = { options: { iterations: 500 } };
  const keeps = shard('b', { own, options: { iterations: 500 } });
  check(shard('a'), keeps);
  check(shard('a', { options: { iterations: 70 } }), shard('b', { own, options: { iterations: 70 } }));
  expect(() => check(shard('a'), shard('b', { own, options: { iterations: 70 } }))).toThrow(/iterations is/);
  expect(() => check(shard('a', { options: { iterations: 70 } }), shard('c'), keeps)).toThrow(
    'iterations is 70 in r1, 2000 in r2, 500 in r3',
  );
});

test('a scenario with flags of its own may have the allowance that belongs to them', () => {
  const own = { options: { nodeFlags: ['--opt'] } };
  check(shard('a'), shard('b', { own, options: { nodeFlags: ['--opt'], allowance: 99 } }));
  expect(() => check(shard('a'), shard('b', { options: { nodeFlags: ['--opt'] } }))).toThrow(/nodeFlags is/);
});

test('parameters are compared as options are', () => {
  const own = { parameters: { zones: 10 } };
  const of = (scenario: string, zones: number) => shard(scenario, { own, parameters: { zones } });
  check(of('a', 10), shard('b', { own: { parameters: { zones: 2 } }, parameters: { zones: 2 } }));
  check(of('a', 3), of('b', 3));
  expect(() => check(of('a', 10), of('b', 3))).toThrow('parameter zones is 10 in r1, 3 in r2');
});
