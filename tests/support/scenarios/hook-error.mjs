/** Throws in an async hook, which Node lets nobody catch. */
import { createHook } from 'node:async_hooks';

export default {
  name: 'hook-error',
  iterate(_session, iteration) {
    if (iteration !== 12) return;
    const init = () => {
      throw new Error('the hook gave up');
    };
    createHook({ init }).enable();
    setTimeout(() => {}, 0);
  },
};
