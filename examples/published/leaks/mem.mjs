// https://github.com/sindresorhus/mem releases v4.0.0 (GHSA-4xcv-9jjx-gfj3: old results were not removed)
// old: 3.0.1, new: 4.0.0
export default {
  name: 'mem',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const { default: mem } = await import(`mem-${parameters.version}`);
    return mem(id => ({ id }), { maxAge: 20 });
  },
  iterate: (find, iteration) => {
    find(iteration);
  },
};
