// https://github.com/EventEmitter2/EventEmitter2/issues/65 (unique listener keys with wildcards)
// old: 0.4.14, new: 1.0.3
export default {
  name: 'eventemitter2',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const {
      default: { EventEmitter2 },
    } = await import(`eventemitter2-${parameters.version}`);
    return new EventEmitter2({ wildcard: true, delimiter: '.' });
  },
  iterate(emitter, iteration) {
    emitter.once(`rpc.${iteration}`, () => {});
    emitter.emit(`rpc.${iteration}`, 'answer');
  },
};
