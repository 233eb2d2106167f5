import { createRequire } from 'node:module';

/**
 * Enables an async hook that promises take no part in, as with `trackPromises: false`, which Node 20 and 22 do
 * not know (nodejs/node#61415): where promises have hooks, each gets two numbers, and `await` keeps more than
 * in a process without. A hook that the program enables later sees promises as ever. Where there is a hook
 * already, or Node does not show its internals (`--expose-internals`), it is enabled with promises.
 */
export function withoutPromises(enable: () => void): void {
  const promiseHooks = internal('internal/promise_hooks', isPromiseHooks);
  const asyncHooks = internal('internal/async_hooks', isAsyncHooks);
  // To take the hooks of another from promises in the middle of a call would leave Node's stack of calls uneven.
  if (!promiseHooks || !asyncHooks || asyncHooks.initHooksExist() || asyncHooks.afterHooksExist()) {
    enable();
    return;
  }
  const { createHook } = promiseHooks;
  promiseHooks.createHook = () => () => undefined;
  try {
    enable();
  } finally {
    promiseHooks.createHook = createHook;
  }
}

interface PromiseHooks {
  createHook: (hooks: object) => () => void;
}

interface AsyncHooks {
  initHooksExist(): boolean;
  afterHooksExist(): boolean;
}

function internal<Module>(name: string, isModule: (module: unknown) => module is Module): Module | undefined {
  try {
    const module: unknown = createRequire(import.meta.url)(name);
    return isModule(module) ? module : undefined;
  } catch {
    return undefined;
  }
}

function isPromiseHooks(module: unknown): module is PromiseHooks {
  return typeof module === 'object' && module !== null && 'createHook' in module;
}

function isAsyncHooks(module: unknown): module is AsyncHooks {
  return (
    typeof module === 'object' && module !== null && 'initHooksExist' in module && 'afterHooksExist' in module
  );
}
