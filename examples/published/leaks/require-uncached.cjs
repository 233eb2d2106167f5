// https://github.com/sindresorhus/import-fresh/issues/2, pull 3 (module.children)
// old: require-uncached 1.0.2, new: 1.0.3
module.exports = {
  name: 'require-uncached',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  setup: ({ parameters }) => require(`require-uncached-${parameters.version}`),
  iterate(requireUncached) {
    requireUncached('../fixtures/module.cjs');
  },
};
