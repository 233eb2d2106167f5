// https://github.com/log4js-node/log4js-node/pull/1113 (file descriptor leak if repeated configure())
// old: 6.3.0, new: 6.4.0
import path from 'node:path';

export default {
  name: 'log4js',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters, directory }) {
    return { log4js: (await import(`log4js-${parameters.version}`)).default, directory };
  },
  async iterate({ log4js, directory }) {
    log4js.configure({
      appenders: { file: { type: 'file', filename: path.join(directory, 'app.log') } },
      categories: { default: { appenders: ['file'], level: 'info' } },
    });
    log4js.getLogger().info('configured');
    await new Promise(resolve => setTimeout(resolve, 2));
  },
  teardown: ({ log4js }) =>
    new Promise(resolve => {
      log4js.shutdown(() => resolve());
    }),
};
