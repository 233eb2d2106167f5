// https://github.com/apollographql/graphql-subscriptions/pull/209 (withFilter)
// old: 1.2.0, new: 1.2.1
export default {
  name: 'graphql-subscriptions',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const {
      default: { PubSub, withFilter },
    } = await import(`graphql-subscriptions-${parameters.version}`);
    const pubsub = new PubSub();
    const iterator = withFilter(
      () => pubsub.asyncIterator('message'),
      payload => payload.for === 'me',
    )();
    iterator.next();
    return { pubsub, iterator };
  },
  async iterate({ pubsub }, iteration) {
    await pubsub.publish('message', { for: 'somebody else', iteration });
    await new Promise(setImmediate);
  },
  teardown: ({ iterator }) => {
    iterator.return();
  },
};
