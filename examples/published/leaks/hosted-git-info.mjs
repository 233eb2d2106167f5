// https://github.com/npm/hosted-git-info CHANGELOG 3.0.0: switch to lru-cache to save ourselves from unlimited memory consumption
// old: 2.7.1, new: 3.0.2
export default {
  name: 'hosted-git-info',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  setup: async ({ parameters }) => (await import(`hosted-git-info-${parameters.version}`)).default,
  iterate: (hosted, iteration) => {
    hosted.fromUrl(`git+https://github.com/user/repository-${iteration}.git`);
  },
};
