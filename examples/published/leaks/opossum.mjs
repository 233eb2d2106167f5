// https://github.com/nodeshift/opossum pull/378 (shutdown clears its intervals)
// old: 4.1.0, new: 4.2.0
export default {
  name: 'opossum',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    return (await import(`opossum-${parameters.version}`)).default;
  },
  async iterate(opossum, iteration) {
    // Some versions export a factory, others a class.
    const breaker = /^class/.test(String(opossum)) ? new opossum(async x => x) : opossum(async x => x);
    await breaker.fire(iteration);
    breaker.shutdown?.();
  },
};
