import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'udp-closed',
  description: 'A query socket of its own for every fifth request, closed after the answer',
  expect: { default: 'steady' },
  setup: ({ seed }) => seeded(seed),
  async iterate(random, iteration) {
    const { etag } = serve(random);
    if (iteration % 5 > 0) return;
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.send(etag, socket.address().port, '127.0.0.1');
    await once(socket, 'message');
    await new Promise(resolve => socket.close(resolve));
  },
};
