// https://github.com/http-party/node-http-proxy/pull/1559 (client goes away); the fix was published as http-proxy-node16
// old: http-proxy 1.18.1, new: http-proxy-node16 1.0.6
import { once } from 'node:events';
import http from 'node:http';

export default {
  name: 'http-proxy',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const { default: httpProxy } = await import(`http-proxy-${parameters.version}`);
    // An endpoint of server-sent events.
    const origin = http
      .createServer((_request, response) => {
        response.write('data: hello\n\n');
      })
      .listen(0, '127.0.0.1');
    await once(origin, 'listening');
    const proxy = httpProxy.createProxyServer({ target: `http://127.0.0.1:${origin.address().port}` });
    proxy.on('error', () => {});
    const server = http
      .createServer((request, response) => proxy.web(request, response))
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { origin, server, url: `http://127.0.0.1:${server.address().port}/` };
  },
  async iterate({ url }) {
    const request = http.get(url);
    const [response] = await once(request, 'response');
    await once(response, 'data');
    response.destroy();
    await new Promise(resolve => setTimeout(resolve, 2));
  },
  teardown({ origin, server }) {
    origin.closeAllConnections();
    origin.close();
    server.closeAllConnections();
    server.close();
  },
};
