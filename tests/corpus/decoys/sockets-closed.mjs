import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'sockets-closed',
  description: 'A connection is opened, answered and ended every eighth request',
  expect: { default: 'steady' },
  async setup({ seed }) {
    const server = createServer(socket => socket.on('data', data => socket.end(data)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { random: seeded(seed), port: server.address().port };
  },
  async iterate({ random, port }, iteration) {
    const { etag } = serve(random);
    if (iteration % 8 > 0) return;
    const socket = connect(port, '127.0.0.1').resume();
    socket.write(etag);
    await once(socket, 'close');
  },
};
