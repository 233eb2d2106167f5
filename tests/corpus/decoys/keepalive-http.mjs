import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'keepalive-http',
  description: 'Requests over a keep-alive agent to a server of the same process',
  expect: { default: 'steady' },
  async setup({ seed }) {
    const random = seeded(seed);
    const server = createServer((_request, response) => response.end(serve(random).body));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, port: server.address().port, agent: new Agent({ keepAlive: true, maxSockets: 4 }) };
  },
  async iterate({ port, agent }) {
    const [response] = await once(get({ host: '127.0.0.1', port, agent }), 'response');
    await once(response.resume(), 'end');
  },
  teardown: ({ server, agent }) => {
    agent.destroy();
    server.close();
  },
};
