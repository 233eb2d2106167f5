// https://github.com/statelyai/xstate/pull/957 (internal actor registry)
// old: 4.7.6, new: 4.7.7
export default {
  name: 'xstate',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const { default: xstate } = await import(`xstate-${parameters.version}`);
    const machine = xstate.Machine({
      id: 'light',
      initial: 'off',
      states: { off: { on: { SWITCH: 'on' } }, on: { on: { SWITCH: 'off' } } },
    });
    return { xstate, machine };
  },
  iterate({ xstate, machine }) {
    const service = xstate.interpret(machine).start();
    service.send('SWITCH');
    service.stop();
  },
};
