import { describe, expect, test } from 'vitest';
import { UsageError } from '../../harness/errors.ts';
import { checkClasses, checkScenario } from '../../harness/worker/check-scenario.ts';

const iterate = () => {};

describe('checkScenario()', () => {
  test('gives back what has the right shape', () => {
    const scenario = { name: 'ok', iterate, builds: { a: {}, b: { size: 1 } }, expect: { b: 'leak' } };
    expect(checkScenario(scenario, '/x.mjs')).toBe(scenario);
  });

  test.each([
    ['no default export', undefined, 'as it must have a default export, as in export default {'],
    ['null', null, 'its default export must be an object: current value is null'],
    ['a function', iterate, 'its default export must be an object: current value is a function'],
    ['no name', { iterate }, '"name" must be a string of letters'],
    ['a name with a slash', { name: 'a/b', iterate }, 'current value is "a/b"'],
    ['no iterate', { name: 'x' }, 'its "iterate" must be a function: current value is undefined'],
    [
      'an object as setup',
      { name: 'x', iterate, setup: {} },
      'its "setup" must be a function: current value is {}',
    ],
    [
      'a generator as iterate',
      { name: 'x', *iterate() {} },
      'its "iterate" must be a function: current value is a generator function, whose body a call does not run',
    ],
    ['an async generator as setup', { name: 'x', iterate, async *setup() {} }, 'is a generator function'],
    ['a generator as waitForIdle', { name: 'x', iterate, *waitForIdle() {} }, 'is a generator function'],
    ['a generator as teardown', { name: 'x', iterate, *teardown() {} }, 'is a generator function'],
    ['a generator as watch', { name: 'x', iterate, *watch() {} }, 'is a generator function'],
    ['classes as watch', { name: 'x', iterate, watch: [Map] }, 'its "watch" must be a function'],
    [
      'an unknown target',
      { name: 'x', iterate, target: 'web' },
      '"engine" or "module": current value is "web"',
    ],
    ['no builds', { name: 'x', iterate, builds: {} }, 'its "builds" must be an object'],
    ['a build without parameters', { name: 'x', iterate, builds: { a: 1 } }, 'current value is { a: 1 }'],
    ['an expectation that is none', { name: 'x', iterate, expect: 'flat' }, '"steady" or "leak"'],
    ['an odd expectation', { name: 'x', iterate, expect: { a: 'maybe' } }, "current value is { a: 'maybe' }"],
    ['a field that nothing reads', { name: 'x', iterate, wach: iterate }, 'watch, description'],
    [
      'all fields that nothing reads',
      { nam: 'x', iterat: iterate },
      'current value has "nam" (did you mean "name"?), "iterat" (did you mean "iterate"?)',
    ],
    [
      'all that are wrong',
      { name: 'x', iterate: 1, setup: 2 },
      'as\n  its "iterate" must be a function: current value is 1\n  its "setup" must be a function: current value is 2',
    ],
    ['that field', { name: 'x', iterate, wach: iterate }, 'current value has "wach"'],
    ['a list of parameters', { name: 'x', iterate, parameters: [] }, 'its "parameters" must be an object'],
  ])('names the file and the field of %s', (_, value, message) => {
    expect(() => checkScenario(value, '/x.mjs')).toThrow(UsageError);
    expect(() => checkScenario(value, '/x.mjs')).toThrow(`Cannot use scenario "/x.mjs" as`);
    expect(() => checkScenario(value, '/x.mjs')).toThrow(message);
  });
});

describe('checkClasses()', () => {
  const circle: { own?: unknown } = {};
  circle.own = circle;

  test('gives back a list of classes', () => {
    const classes = [Map, class Zone {}];
    expect(checkClasses(classes, '/x.mjs')).toBe(classes);
    expect(checkClasses([], '/x.mjs')).toEqual([]);
    const bare = [class extends (null as unknown as typeof Object) {}, function Old() {}];
    expect(checkClasses(bare, '/x.mjs')).toBe(bare);
  });

  test.each([
    ['the name of a class', [Map, 'Zone'], 'has "Zone"'],
    ['a hole', new Array(1), 'has undefined'],
    ['a class alone', class Zone {}, 'is a class'],
    ['nothing', null, 'is null'],
    ['a large number', [10n], 'has 10n'],
    ['a long text', 'x'.repeat(300), `is "${'x'.repeat(199)}…`],
    ['a set', new Set([1]), 'is Set(1) { 1 }'],
    ['a bound class', [Map.bind(null)], 'has a function without a prototype, as arrow'],
    ['an arrow function', [() => {}], 'has a function without a prototype, as arrow'],
    ['a list of things that are no classes', [{}], 'has {}'],
    ['what holds itself', circle, 'is <ref *1> { own: [Circular *1] }'],
  ])('refuses %s', (_, value, shown) => {
    expect(() => checkClasses(value, '/x.mjs')).toThrow(
      `Cannot use scenario "/x.mjs" as its watch() must return a list of classes: current value ${shown}`,
    );
  });
});
