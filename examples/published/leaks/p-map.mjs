// https://github.com/sindresorhus/p-map/issues/75
// old: 7.0.2, new: 7.0.3
export default {
  name: 'p-map',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const { default: fn } = await import(`p-map-${parameters.version}`);
    return { fn, signal: new AbortController().signal };
  },
  iterate: ({ fn, signal }, iteration) => fn([1, 2, 3], async x => x + iteration, { signal }),
};
