// https://github.com/sindresorhus/p-timeout/issues/42
// old: 6.1.2, new: 6.1.3
export default {
  name: 'p-timeout',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const { default: fn } = await import(`p-timeout-${parameters.version}`);
    return { fn, signal: new AbortController().signal };
  },
  iterate: ({ fn, signal }, iteration) => fn(Promise.resolve(iteration), { milliseconds: 1000, signal }),
};
