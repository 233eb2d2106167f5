// https://github.com/request/request/issues/2575 (regression in 2.80.0)
// old: 2.79.0 (steady), new: 2.80.0 (leaks)

import { once } from 'node:events';
import http from 'node:http';

export default {
  name: 'request',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'steady', new: 'leak' },
  async setup({ parameters }) {
    const lib = (await import(`request-${parameters.version}`)).default;
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
  teardown({ server, agent }) {
    agent.destroy();
    server.close();
  },
  iterate: ({ lib, agent, url }) =>
    new Promise((resolve, reject) =>
      lib({ url, agent, time: true }, error => (error ? reject(error) : resolve())),
    ),
};
