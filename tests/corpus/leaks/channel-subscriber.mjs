import { channel } from 'node:diagnostics_channel';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'channel-subscriber',
  description:
    'A metrics plugin subscribes to a diagnostics channel with each reload, once in a hundred requests',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), requests: channel('shop.requests') }),
  iterate({ random, requests }, iteration) {
    requests.publish(serve(random));
    if (iteration % 100 !== 64) return;
    const totals = { count: 0, paths: new Map() };
    requests.subscribe(({ path }) => totals.paths.set(path, ++totals.count));
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 3 / 100, unit: 'objects' };

export const expectEvidence = {
  objects: ['function', 'Object {count, paths}'],
  holders: ['requests', '_subscribers', 'shop.requests'],
};
