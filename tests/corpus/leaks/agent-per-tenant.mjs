import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

/** The server ends in the same process, so that each kept connection shows at both ends. */
export default {
  name: 'agent-per-tenant',
  description: 'Each new tenant gets a keep-alive agent of its own whose sockets nobody ends',
  expect: { default: 'leak' },
  async setup({ seed }) {
    const server = createServer({ keepAliveTimeout: 600_000 }, (_request, response) => response.end('ok'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { random: seeded(seed), server, port: server.address().port };
  },
  async iterate({ random, port }, iteration) {
    serve(random);
    if (iteration % 40 !== 21) return;
    const agent = new Agent({ keepAlive: true });
    const [response] = await once(get({ host: '127.0.0.1', port, agent }), 'response');
    await once(response.resume(), 'end');
  },
};

export const leak = {
  metric: 'handles.tcp',
  alternatives: ['descriptors.socket'],
  rate: 2 / 40,
  unit: 'tcp handles',
};

export const expectEvidence = { kind: 'handle', created: ['get({ host:', 'server.listen(0,'] };
