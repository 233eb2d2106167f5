import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'half-open-socket',
  description:
    'A server that allows half-open connections and never ends its half, once in a hundred requests',
  expect: { default: 'leak' },
  async setup({ seed }) {
    const server = createServer({ allowHalfOpen: true }, socket => socket.resume());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { random: seeded(seed), port: server.address().port };
  },
  async iterate({ random, port }, iteration) {
    const { body } = serve(random);
    if (iteration % 100 !== 19) return;
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    await new Promise(resolve => socket.end(body, resolve));
  },
};

export const leak = {
  metric: 'handles.tcp',
  alternatives: ['descriptors.socket'],
  rate: 2 / 100,
  unit: 'tcp handles',
};

export const expectEvidence = { kind: 'handle', created: ["connect(port, '127.0.0.1')", 'server.listen(0,'] };
