import { createRequire } from 'node:module';

interface PromiseHooks {
  createHook: (hooks: object) => () => void;
}

/**
 * Enables an async hook that promises take no part in, as with `trackPromises: false`, which Node 20 and 22 do
 * not know (nodejs/node#61415): where promises have hooks, each gets two numbers, and `await` keeps more than
 * in a process without. A hook that the program enables later sees promises as ever. Where Node does not show
 * its internals (`--expose-internals`) it is enabled with promises.
 */
export function withoutPromises(enable: () => void): void {
  const internals = promiseHooks();
  if (!internals) {
    enable();
    return;
  }
  const { createHook } = internals;
  internals.createHook = () => () => undefined;
  try {
    enable();
  } finally {
    internals.createHook = createHook;
  }
}

function promiseHooks(): PromiseHooks | undefined {
  try {
    const internals: unknown = createRequire(import.meta.url)('internal/promise_hooks');
    return isPromiseHooks(internals) ? internals : undefined;
  } catch {
    return undefined;
  }
}

function isPromiseHooks(internals: unknown): internals is PromiseHooks {
  return typeof internals === 'object' && internals !== null && 'createHook' in internals;
}
