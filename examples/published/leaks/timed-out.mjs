// https://github.com/sindresorhus/timed-out/pull/9
// old: 3.1.0, new: 3.1.1

import { once } from 'node:events';
import http from 'node:http';

export default {
  name: 'timed-out',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const lib = (await import(`timed-out-${parameters.version}`)).default;
    const server = http
      .createServer((request, response) => {
        request.resume();
        response.end('hello');
      })
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    return { lib, server, agent, url: `http://127.0.0.1:${server.address().port}/` };
  },
  // Both keep the requests of the last second, by a timer of their own.
  waitForIdle: () => new Promise(resolve => setTimeout(resolve, 1200)),
  teardown({ server, agent }) {
    agent.destroy();
    server.close();
  },
  iterate: ({ lib, agent, url }) =>
    new Promise((resolve, reject) => {
      lib(
        http.get(url, { agent }, response => response.resume().on('end', resolve)).on('error', reject),
        1000,
      );
    }),
};
