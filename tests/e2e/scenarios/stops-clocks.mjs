/** Puts fakes in the place of clocks and timers, wherever a program finds them, as libraries for tests do. */
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);
const kept = [];

export default {
  name: 'stops-clocks',
  builds: { clean: { leaks: false }, leaky: { leaks: true } },
  expect: { clean: 'steady', leaky: 'leak' },
  setup({ parameters: { leaks } }) {
    performance.now = () => 0;
    Date.now = () => 0;
    process.hrtime = Object.assign(() => [0, 0], { bigint: () => 0n });
    for (const name of ['setTimeout', 'setImmediate', 'queueMicrotask', 'clearTimeout'])
      globalThis[name] = () => ({});
    const never = () => new Promise(() => {});
    Object.assign(require('node:timers/promises'), { setTimeout: never, setImmediate: never });
    syncBuiltinESMExports();
    return { leaks };
  },
  iterate({ leaks }) {
    if (leaks) kept.push(new Array(1000).fill(kept.length));
  },
};
