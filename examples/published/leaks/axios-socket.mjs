// https://github.com/axios/axios/pull/10788
// old: axios 1.15.1, new: axios 1.15.2

import { once } from 'node:events';
import http from 'node:http';

export default {
  name: 'axios-socket',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const lib = (await import(`axios1-${parameters.version}`)).default;
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
  iterate: ({ lib, agent, url }, iteration) => lib.post(url, { iteration }, { httpAgent: agent }),
};
