import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'weak-cache',
  description: 'A cache of weak references whose finalizers remove the keys',
  expect: { default: 'steady' },
  setup({ seed }) {
    const cache = new Map();
    const registry = new FinalizationRegistry(key => {
      if (!cache.get(key)?.deref()) cache.delete(key);
    });
    return { random: seeded(seed), cache, registry };
  },
  iterate({ random, cache, registry }, iteration) {
    const document = { body: serve(random).body, version: iteration };
    const key = `document ${iteration}`;
    cache.set(key, new WeakRef(document));
    registry.register(document, key);
    return cache.get(`document ${below(iteration + 1, random)}`)?.deref();
  },
};
