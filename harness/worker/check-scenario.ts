import { RefusedScenario } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import type { Class, Scenario } from '../scenario.ts';
import { isGenerator } from './is-generator.ts';
import { show } from './show.ts';

interface Rule {
  readonly field: keyof Scenario;
  readonly required?: boolean;
  /** Completes "must be ...". */
  readonly is: string;
  readonly holds: (value: unknown) => boolean;
}

const RULES: readonly Rule[] = [
  { field: 'name', required: true, is: 'a string of letters, digits, ".", "_" and "-"', holds: isName },
  { field: 'iterate', required: true, is: 'a function', holds: isFunction },
  { field: 'setup', is: 'a function', holds: isFunction },
  { field: 'waitForIdle', is: 'a function', holds: isFunction },
  { field: 'teardown', is: 'a function', holds: isFunction },
  { field: 'watch', is: 'a function that returns classes', holds: isFunction },
  { field: 'description', is: 'a string', holds: isString },
  { field: 'unit', is: 'a string', holds: isString },
  { field: 'target', is: '"engine" or "module"', holds: value => value === 'engine' || value === 'module' },
  {
    field: 'builds',
    is: 'an object that gives each build, named by letters, digits, ".", "_" and "-", an object of parameters',
    holds: isBuilds,
  },
  { field: 'expect', is: '"steady" or "leak", or an object that says so of builds', holds: isExpectations },
  { field: 'parameters', is: 'an object', holds: isObject },
  { field: 'options', is: 'an object', holds: isObject },
];

const FIELDS = RULES.map(({ field }) => field);

/**
 * Checks the shape of a scenario module's default export.
 * @throws {RefusedScenario} naming the file and every field that is wrong.
 */
export function checkScenario(value: unknown, path: string): Scenario {
  if (value === undefined) {
    throw new RefusedScenario(
      `Cannot use scenario "${path}" as it must have a default export, as in export default { name: "cache", iterate() { ... } }: there is none`,
    );
  }
  if (!isObject(value)) {
    throw new RefusedScenario(
      `Cannot use scenario "${path}" as its default export must be an object: current value is ${show(value)}`,
    );
  }
  const unknown = Object.keys(value).filter(field => !RULES.some(rule => rule.field === field));
  const wrong = RULES.filter(({ field, required, holds }) =>
    value[field] === undefined ? required : !holds(value[field]),
  ).map(({ field, is }) => `its "${field}" must be ${is}: current value is ${show(value[field])}`);
  if (unknown.length > 0)
    wrong.unshift(
      `its fields must be among ${FIELDS.join(', ')}: current value has ${unknown.map(meant).join(', ')}`,
    );
  if (wrong.length > 0) throw new RefusedScenario(`Cannot use scenario "${path}" as${listed(wrong)}`);
  return value as unknown as Scenario;
}

/** `"tearDown" (did you mean "teardown"?)` */
function meant(field: string): string {
  const nearest = nearestWord(field, FIELDS);
  return `${JSON.stringify(field)}${nearest === undefined ? '' : ` (did you mean "${nearest}"?)`}`;
}

/** One in the sentence, several on lines of their own. */
function listed(wrong: readonly string[]): string {
  return wrong.length === 1 ? ` ${wrong.join('')}` : wrong.map(line => `\n  ${line}`).join('');
}

/**
 * Checks what a scenario's `watch()` has returned.
 * @throws {RefusedScenario} naming the file, and what is no class.
 */
export function checkClasses(value: unknown, path: string): readonly Class[] {
  const refused = `Cannot use scenario "${path}" as its watch() must return a list of classes: current value`;
  if (!Array.isArray(value)) throw new RefusedScenario(`${refused} is ${show(value)}`);
  // Holes too, which every() skips.
  const wrong = Array.from(value).findIndex(one => !hasInstances(one));
  if (wrong >= 0)
    throw new RefusedScenario(`${refused} has ${show(value[wrong])}${reasonAgainst(value[wrong])}`);
  return value;
}

/** Instances are told by the prototype that they inherit from. */
function hasInstances(value: unknown): boolean {
  return typeof value === 'function' && Object(value.prototype) === value.prototype;
}

function reasonAgainst(value: unknown): string {
  return typeof value === 'function' ? ' without a prototype, as arrow functions and bound classes are' : '';
}

function isObject(value: unknown): value is { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function' && !isGenerator(value);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isName(value: unknown): boolean {
  return isString(value) && /^[\w.-]+$/.test(value);
}

function isBuilds(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(([build, parameters]) => isName(build) && isObject(parameters))
  );
}

function isExpectations(value: unknown): boolean {
  return isExpectation(value) || (isObject(value) && Object.values(value).every(isExpectation));
}

function isExpectation(value: unknown): boolean {
  return value === 'steady' || value === 'leak';
}
