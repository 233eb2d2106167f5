// https://github.com/node-fetch/node-fetch/issues/1446, #1295
// old: 3.1.0, new: 3.2.5
import { close, keptConnection } from '../fixtures/kept-connection.mjs';

export default {
  name: 'node-fetch',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const lib = (await import(`node-fetch-${parameters.version}`)).default;
    return { lib, ...(await keptConnection()) };
  },
  teardown: close,
  iterate: async ({ lib, agent, url }) => {
    await (await lib(url, { agent })).text();
  },
};
