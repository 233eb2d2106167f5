// https://github.com/debug-js/debug (advisory: instances array leaks before 4.3.0)
// old: debug 4.2.0, new: debug 4.3.1
export default {
  name: 'debug',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  setup: async ({ parameters }) => (await import(`debug-${parameters.version}`)).default,
  iterate(createDebug, iteration) {
    createDebug('app:request')('request %d', iteration);
  },
};
