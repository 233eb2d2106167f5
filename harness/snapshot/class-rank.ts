import { runInNewContext } from 'node:vm';
import { COMMON_NOUNS } from '../model.ts';
import { isStore } from './container-stores.ts';

/** What Node makes of every stream, and what has no name or properties to tell it by. */
const COMMON: ReadonlySet<string> = new Set([
  ...COMMON_NOUNS,
  'Array',
  'Object',
  'promise capability',
  'ReadableState',
  'WritableState',
]);
/** What V8 makes for an object of another class. */
const OF_V8 = /^system \//;

/** What JavaScript itself has, without Node: a context of its own holds nothing else. */
const LANGUAGE: ReadonlySet<string> = new Set(
  runInNewContext('Object.getOwnPropertyNames(globalThis)') as readonly string[],
);
/** What has no name there: generators, what walks over containers, and what each context has of one. */
const OF_LANGUAGE =
  /^(Async)?Generator(Function)?$|^AsyncFunction$|^TypedArray$|(^| )(Async)?Iterator( Helper)?$|^(WebAssembly|Intl|Temporal)\./;

const [NAMED, BUILT_IN, FUNCTION, ANY, STORE] = [0, 2, 3, 4, 5];
/** Of a plain object that is told by its properties. */
export const SHAPE = 1;

/**
 * How much the name of a class says of what is kept, 0 most: one by its constructor, a plain object by its
 * properties, one of JavaScript's own, functions with a name, as these are made with what is kept, what any
 * program makes, and stores of containers.
 */
export function classRank(name: string): number {
  if (isStore(name)) return STORE;
  if (COMMON.has(name) || OF_V8.test(name)) return ANY;
  if (name.startsWith('function ')) return FUNCTION;
  if (LANGUAGE.has(name) || OF_LANGUAGE.test(name)) return BUILT_IN;
  return name.includes(' {') ? SHAPE : NAMED;
}
