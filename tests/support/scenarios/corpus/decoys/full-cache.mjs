/** A cache that is full after 50 iterations and then replaces its oldest entry. */
export default {
  name: 'full-cache',
  expect: { default: 'steady' },
  setup: () => new Map(),
  iterate: (cache, iteration) => {
    cache.set(iteration, { iteration });
    cache.delete(iteration - 50);
  },
  teardown: cache => cache.clear(),
  options: { iterations: 400, warmup: 20 },
};
