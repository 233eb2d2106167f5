// https://github.com/axios/axios CHANGELOG 0.22.0: fixing memory leaks in CancelToken (#3305)
// old: axios 0.21.4, new: axios 0.22.0

import { once } from 'node:events';
import http from 'node:http';

export default {
  name: 'axios-cancel-token',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const lib = (await import(`axios-${parameters.version}`)).default;
    const server = http
      .createServer((request, response) => {
        request.resume();
        response.end('hello');
      })
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const source = lib.CancelToken.source();
    return { lib, server, agent, url: `http://127.0.0.1:${server.address().port}/`, source };
  },
  teardown({ server, agent }) {
    agent.destroy();
    server.close();
  },
  iterate: ({ lib, agent, url, source }) => lib.get(url, { httpAgent: agent, cancelToken: source.token }),
};
