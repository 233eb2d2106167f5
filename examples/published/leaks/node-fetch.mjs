// https://github.com/node-fetch/node-fetch/issues/1446, #1295
// old: 3.1.0, new: 3.2.5

import { once } from 'node:events';
import http from 'node:http';

export default {
  name: 'node-fetch',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const lib = (await import(`node-fetch-${parameters.version}`)).default;
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
  iterate: async ({ lib, agent, url }) => {
    await (await lib(url, { agent })).text();
  },
};
