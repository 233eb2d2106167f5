import { runInNewContext } from 'node:vm';
import { className, isContainerStore, type Metric } from '../model.ts';

/** What JavaScript itself has, without Node: a context of its own holds nothing else. */
const LANGUAGE: ReadonlySet<string> = new Set(
  runInNewContext('Object.getOwnPropertyNames(globalThis)') as readonly string[],
);
/** Generators and what walks over containers, by no name of their own. */
const OF_LANGUAGE = /^(Async)?Generator$| Iterator$/;

/** What Node makes of every stream, and bound functions. */
const COMMON: ReadonlySet<string> = new Set([
  'Array',
  'Object',
  'function native_bind',
  'ReadableState',
  'WritableState',
]);
/** What V8 makes for an object of another class. */
const OF_V8 = /^system \//;

const [CLASS, SHAPE, BUILT_IN, FUNCTION, ANY, STORE] = [0, 1, 2, 3, 4, 5];

/**
 * How much a class says of what leaks, 0 most: a class by the name of its constructor, a plain object by its
 * properties, one of JavaScript's own, functions with a name, which are made with what is kept, what a program
 * makes of whatever it makes, and by how much stores of containers grew.
 */
export function classRank(metric: Metric): number {
  const name = className(metric) ?? '';
  if (isContainerStore(metric)) return STORE;
  // What is counted by a common noun, such as strings, has no name.
  if (metric.unit !== name || COMMON.has(name) || OF_V8.test(name)) return ANY;
  if (name.startsWith('function ')) return FUNCTION;
  if (LANGUAGE.has(name) || OF_LANGUAGE.test(name)) return BUILT_IN;
  return name.includes(' {') ? SHAPE : CLASS;
}
