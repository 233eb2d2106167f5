// https://github.com/axios/axios CHANGELOG 0.22.0: fixing memory leaks in CancelToken (#3305)
// old: axios 0.21.4, new: axios 0.22.0
import { close, keptConnection } from '../fixtures/kept-connection.mjs';

export default {
  name: 'axios-cancel-token',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const lib = (await import(`axios-${parameters.version}`)).default;
    const source = lib.CancelToken.source();
    return { lib, ...(await keptConnection()), source };
  },
  teardown: close,
  iterate: ({ lib, agent, url, source }) => lib.get(url, { httpAgent: agent, cancelToken: source.token }),
};
