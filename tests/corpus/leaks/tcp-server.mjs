import { once } from 'node:events';
import { createServer } from 'node:net';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'tcp-server',
  description: 'A health endpoint that is opened again with each configuration and only unref’d',
  expect: { default: 'leak' },
  setup: ({ seed }) => seeded(seed),
  async iterate(random, iteration) {
    serve(random);
    if (iteration % 40 !== 5) return;
    const server = createServer(socket => socket.end('ok\n')).unref();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  },
};

export const leak = {
  metric: 'handles.tcp',
  alternatives: ['descriptors.socket'],
  rate: 1 / 40,
  unit: 'tcp handles',
};

export const expectEvidence = { kind: 'handle', created: ["server.listen(0, '127.0.0.1')"] };
