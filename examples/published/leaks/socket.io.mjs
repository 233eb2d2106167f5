// https://github.com/socketio/socket.io/issues/4380, #4067 (join after the disconnect)
// old: 4.5.1, new: 4.5.2

import { once } from 'node:events';
import http from 'node:http';
import { io as connect } from 'socket.io-client';

export default {
  name: 'socket.io',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const { Server } = await import(`socket.io-${parameters.version}`);
    const server = http.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const io = new Server(server);
    // Joins the user's room after the database has answered.
    io.on('connection', socket => {
      socket.on('disconnect', () =>
        setImmediate(() => {
          socket.join('room');
          io.emit('left');
          io.engine.emit('done');
        }),
      );
    });
    return { io, url: `http://127.0.0.1:${server.address().port}` };
  },
  async iterate({ io, url }) {
    const socket = connect(url, { transports: ['websocket'], forceNew: true, reconnection: false });
    await new Promise((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', reject);
    });
    const done = once(io.engine, 'done');
    socket.disconnect();
    await done;
  },
  teardown: ({ io }) =>
    new Promise(resolve => {
      io.close(() => resolve());
    }),
};
