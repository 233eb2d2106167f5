import { edgesNamed } from './edges.ts';
import type { Snapshot } from './read-snapshot.ts';

/** Calls of generators and async functions that wait, which V8 keeps as objects. */
export interface SuspendedCalls {
  /** `suspended send()`; undefined for what is no such call. */
  nameOf(node: number): string | undefined;
  /** Whether a function is V8's own, by which a promise lets such a call go on. */
  isResumed(closure: number): boolean;
}

/** Fields as in V8's `JSGeneratorObject` of Node 20 to 26, and the functions that it makes for `await`. */
export function suspendedCalls(snapshot: Snapshot): SuspendedCalls {
  const follow = edgesNamed(snapshot);
  const { names, strings } = snapshot;
  const isCall = (node: number) => follow(node, 'parameters_and_registers') !== undefined;
  return {
    nameOf: node => {
      const called = isCall(node) ? follow(node, 'function') : undefined;
      if (called === undefined) return undefined;
      const name = strings.at(names[called] as number);
      return name === '' ? 'suspended function' : `suspended ${name}()`;
    },
    isResumed: closure => {
      const context = follow(closure, 'context');
      const call = context === undefined ? undefined : follow(context, 'extension');
      return call !== undefined && isCall(call);
    },
  };
}
