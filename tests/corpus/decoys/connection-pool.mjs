import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'connection-pool',
  description: 'A pool that opens one more connection per fifty requests up to its bound of 12',
  expect: { default: 'steady' },
  async setup({ seed }) {
    const server = createServer(socket => socket.pipe(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { random: seeded(seed), port: server.address().port, pool: [] };
  },
  async iterate({ random, port, pool }, iteration) {
    const { etag } = serve(random);
    if (iteration % 50 === 0 && pool.length < 12) {
      pool.push(connect(port, '127.0.0.1'));
      await once(pool.at(-1), 'connect');
    }
    if (iteration % 4 > 0) return;
    const socket = pool[below(pool.length, random)];
    socket.write(etag);
    await once(socket, 'data');
  },
};

export const plateau = true;
