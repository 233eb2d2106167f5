// https://github.com/jaredwray/cacheable/issues/1685 (regression with keyv 5)
// old: 12.0.1 (steady), new: 13.0.19 (leaks)

import { once } from 'node:events';
import http from 'node:http';

export default {
  name: 'cacheable-request',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'steady', new: 'leak' },
  async setup({ parameters }) {
    const { default: CacheableRequest } = await import(`cacheable-request-${parameters.version}`);
    const server = http
      .createServer((_request, response) => {
        response.setHeader('cache-control', 'max-age=60');
        response.end('hello');
      })
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
    const request = new CacheableRequest(http.request).request();
    return { server, request, url: `http://127.0.0.1:${server.address().port}/` };
  },
  iterate: ({ request, url }) =>
    new Promise((resolve, reject) => {
      request(url, response => response.resume().on('end', resolve))
        .on('request', r => r.end())
        .on('error', reject);
    }),
  teardown({ server }) {
    server.close();
  },
};
