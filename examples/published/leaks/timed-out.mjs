// https://github.com/sindresorhus/timed-out/pull/9
// old: 3.1.0, new: 3.1.1
import http from 'node:http';
import { close, keptConnection } from '../fixtures/kept-connection.mjs';

export default {
  name: 'timed-out',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const lib = (await import(`timed-out-${parameters.version}`)).default;
    return { lib, ...(await keptConnection()) };
  },
  // Both keep the requests of the last second, by a timer of their own.
  waitForIdle: () => new Promise(resolve => setTimeout(resolve, 1200)),
  teardown: close,
  iterate: ({ lib, agent, url }) =>
    new Promise((resolve, reject) => {
      lib(
        http.get(url, { agent }, response => response.resume().on('end', resolve)).on('error', reject),
        1000,
      );
    }),
};
