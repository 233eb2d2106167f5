// https://github.com/request/request/issues/2575 (regression in 2.80.0)
// old: 2.79.0 (steady), new: 2.80.0 (leaks)
import { close, keptConnection } from '../fixtures/kept-connection.mjs';

export default {
  name: 'request',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'steady', new: 'leak' },
  async setup({ parameters }) {
    const lib = (await import(`request-${parameters.version}`)).default;
    return { lib, ...(await keptConnection()) };
  },
  teardown: close,
  iterate: ({ lib, agent, url }) =>
    new Promise((resolve, reject) =>
      lib({ url, agent, time: true }, error => (error ? reject(error) : resolve())),
    ),
};
