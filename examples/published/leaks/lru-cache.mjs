// https://github.com/isaacs/node-lru-cache/pull/392 (ttlAutopurge with updateAgeOnGet)
// old: 11.2.4, new: 11.2.7
export default {
  name: 'lru-cache',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  // In 11.2.7 one entry in ten stays, as issue 408 reports.
  expect: { old: 'leak', new: 'leak' },
  async setup({ parameters }) {
    const { LRUCache } = await import(`lru-cache-${parameters.version}`);
    return new LRUCache({ ttl: 50, ttlAutopurge: true, updateAgeOnGet: true });
  },
  async iterate(cache, iteration) {
    cache.set(iteration, { iteration });
    await new Promise(resolve => setTimeout(resolve, 4));
    cache.get(iteration);
  },
};
