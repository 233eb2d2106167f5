// https://github.com/axios/axios/pull/10788
// old: axios 1.15.1, new: axios 1.15.2
import { close, keptConnection } from '../fixtures/kept-connection.mjs';

export default {
  name: 'axios-socket',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const lib = (await import(`axios1-${parameters.version}`)).default;
    return { lib, ...(await keptConnection()) };
  },
  teardown: close,
  iterate: ({ lib, agent, url }, iteration) => lib.post(url, { iteration }, { httpAgent: agent }),
};
