// https://github.com/sindresorhus/p-queue/pull/235
// old: 9.0.0, new: 9.0.1
export default {
  name: 'p-queue',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const { default: PQueue } = await import(`p-queue-${parameters.version}`);
    return { queue: new PQueue({ concurrency: 2 }), signal: new AbortController().signal };
  },
  iterate: ({ queue, signal }, iteration) => queue.add(async () => iteration, { signal }),
};
