// https://github.com/sindresorhus/p-retry/issues/71
// old: 5.1.2, new: 6.0.0
export default {
  name: 'p-retry',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const { default: fn } = await import(`p-retry-${parameters.version}`);
    return { fn, signal: new AbortController().signal };
  },
  iterate: ({ fn, signal }, iteration) => fn(async () => iteration, { signal }),
};
