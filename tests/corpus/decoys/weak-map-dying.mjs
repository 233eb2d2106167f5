import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const metadata = new WeakMap();

export default {
  name: 'weak-map-dying',
  description: 'Annotations of requests in a WeakMap, the last 30 requests being kept',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), last: [] }),
  iterate({ random, last }) {
    const request = serve(random);
    metadata.set(request, { tags: [request.path], parent: last[0] && metadata.get(last[0]).tags });
    last.push(request);
    if (last.length > 30) last.shift();
  },
};
