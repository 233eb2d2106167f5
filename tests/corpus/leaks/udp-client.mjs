import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'udp-client',
  description: 'A statistics client per hundred requests, unref’d and never closed',
  expect: { default: 'leak' },
  setup: ({ seed }) => seeded(seed),
  async iterate(random, iteration) {
    serve(random);
    if (iteration % 100 !== 0) return;
    const socket = createSocket('udp4').unref();
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
  },
};

export const leak = {
  metric: 'handles.udp',
  alternatives: ['descriptors.socket'],
  rate: 1 / 100,
  unit: 'udp handles',
};

export const expectEvidence = { kind: 'handle', created: ["createSocket('udp4')"] };
