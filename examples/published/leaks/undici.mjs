// CVE-2025-47279, https://github.com/nodejs/undici/issues/3895
// old: 6.21.1, new: 6.21.2
import { once } from 'node:events';
import https from 'node:https';
import selfsigned from 'selfsigned';

export default {
  name: 'undici',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const { default: undici } = await import(`undici-${parameters.version}`);
    const { private: key, cert } = selfsigned.generate([{ name: 'commonName', value: 'other.example' }]);
    const server = https
      .createServer({ key, cert }, (_request, response) => response.end('hello'))
      .listen(0, '127.0.0.1');
    server.on('tlsClientError', () => {});
    await once(server, 'listening');
    const agent = new undici.Agent({ connect: { ca: cert } });
    return { undici, server, agent, url: `https://127.0.0.1:${server.address().port}/` };
  },
  // A web hook to a host whose certificate is for another name.
  iterate: ({ undici, agent, url }) =>
    undici.request(url, { dispatcher: agent }).then(
      () => {
        throw new Error('accepted');
      },
      error => {
        if (error.code !== 'ERR_TLS_CERT_ALTNAME_INVALID') throw error;
      },
    ),
  async teardown({ server, agent }) {
    await agent.destroy();
    server.close();
  },
};
