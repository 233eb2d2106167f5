// https://github.com/theturtle32/WebSocket-Node/pull/339 (several servers on one HTTP server)
// old: 1.0.30, new: 1.0.31

import { once } from 'node:events';
import http from 'node:http';

export default {
  name: 'websocket',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const { default: websocket } = await import(`websocket-${parameters.version}`);
    const httpServer = http.createServer().listen(0, '127.0.0.1');
    await once(httpServer, 'listening');
    const one = new websocket.server({ httpServer });
    const two = new websocket.server({ httpServer });
    one.on('request', request => {
      if (request.resource === '/one') request.accept(null, request.origin);
    });
    two.on('request', request => {
      if (request.resource === '/two') request.accept(null, request.origin);
    });
    return { websocket, httpServer, url: `ws://127.0.0.1:${httpServer.address().port}` };
  },
  iterate: ({ websocket, url }, iteration) =>
    new Promise((resolve, reject) => {
      const client = new websocket.client();
      client.on('connectFailed', reject);
      client.on('connect', connection => {
        connection.on('close', () => resolve());
        connection.close();
      });
      client.connect(`${url}/${iteration % 2 ? 'one' : 'two'}`);
    }),
  teardown({ httpServer }) {
    httpServer.close();
  },
};
