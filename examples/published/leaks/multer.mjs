// CVE-2026-77037, GHSA-qfvm-cv95-jqjf (descriptor of an aborted upload)
// old: 2.2.0, new: 2.3.0

import { once } from 'node:events';
import net from 'node:net';
import express from 'express';

export default {
  name: 'multer',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters, directory }) {
    const { default: multer } = await import(`multer-${parameters.version}`);
    const app = express();
    app.post('/', multer({ dest: directory }).single('file'), (_request, response) => response.end());
    app.use((_error, _request, response, _next) => response.destroy());
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, port: server.address().port };
  },
  // A client that goes away in the middle of an upload.
  async iterate({ server, port }) {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhello',
    );
    const [peer] = await once(server, 'connection');
    await new Promise(resolve => setTimeout(resolve, 3));
    const closed = new Promise(resolve => peer.on('close', resolve));
    socket.destroy();
    await closed;
  },
  teardown({ server }) {
    server.close();
  },
};
