// https://github.com/colinhacks/zod/commit/36c4ee354 (globalRegistry Map -> WeakMap)
// old: 4.1.7, new: 4.1.8
export default {
  name: 'zod',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  setup: async ({ parameters }) => (await import(`zod-${parameters.version}`)).z,
  iterate(z, iteration) {
    z.object({ id: z.number() })
      .meta({ title: `request ${iteration}` })
      .parse({ id: iteration });
  },
};
