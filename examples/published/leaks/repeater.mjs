// https://github.com/repeaterjs/repeater CHANGELOG 3.0.4: memory leaks in race, merge, zip, latest
// old: 3.0.1, new: 3.0.4
export default {
  name: 'repeater',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const {
      default: { Repeater },
    } = await import(`repeater-${parameters.version}`);
    const session = {};
    const quiet = new Repeater(async (_push, stop) => {
      await stop;
    });
    const busy = new Repeater(async (push, stop) => {
      session.push = push;
      await stop;
    });
    session.merged = Repeater.merge([quiet, busy]);
    session.first = session.merged.next();
    await new Promise(setImmediate);
    session.push(-1);
    await session.first;
    return session;
  },
  async iterate({ push, merged }, iteration) {
    const next = merged.next();
    push(iteration);
    await next;
  },
  teardown: ({ merged }) => {
    merged.return();
  },
};
