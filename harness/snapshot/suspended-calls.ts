import { edgesNamed } from './edges.ts';
import type { Snapshot } from './read-snapshot.ts';

/** What V8 keeps of calls of generators and async functions, as they may go on later. */
export interface SuspendedCalls {
  /** `generator pages()`, `suspended send()`; undefined for what is no such call. */
  nameOf(node: number): string | undefined;
  /** Whether a function is V8's own, by which a promise lets such a call go on. */
  isResumed(closure: number): boolean;
}

/** Fields as in V8's `JSGeneratorObject` of Node 20 to 26, and the functions that it makes for `await`. */
export function suspendedCalls(snapshot: Snapshot): SuspendedCalls {
  const follow = edgesNamed(snapshot);
  const { names, strings, types, nodeTypes } = snapshot;
  const object = nodeTypes.indexOf('object');
  const isCall = (node: number) => follow(node, 'parameters_and_registers') !== undefined;
  /** A generator is at hand in the program, also when it has ended; an async function is kept while it waits. */
  const isGenerator = (node: number) => {
    const prototype = follow(node, '__proto__');
    return prototype !== undefined && types[prototype] === object;
  };
  return {
    nameOf: node => {
      const called = isCall(node) ? follow(node, 'function') : undefined;
      if (called === undefined) return undefined;
      const name = strings.at(names[called] as number);
      // The body of a module is one without a name.
      if (isGenerator(node)) return name === '' ? undefined : `generator ${name}()`;
      return name === '' ? 'suspended function' : `suspended ${name}()`;
    },
    isResumed: closure => {
      const context = follow(closure, 'context');
      const call = context === undefined ? undefined : follow(context, 'extension');
      return call !== undefined && isCall(call);
    },
  };
}
