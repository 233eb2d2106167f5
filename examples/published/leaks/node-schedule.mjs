// https://github.com/node-schedule/node-schedule CHANGELOG 2.0.0: avoid leaking memory on one-off jobs #581
// old: 1.3.3, new: 2.0.0
export default {
  name: 'node-schedule',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  setup: async ({ parameters }) => (await import(`node-schedule-${parameters.version}`)).default,
  iterate: schedule =>
    new Promise(resolve => {
      // Nothing is scheduled for what has passed by then.
      while (!schedule.scheduleJob(new Date(Date.now() + 5), resolve));
    }),
};
