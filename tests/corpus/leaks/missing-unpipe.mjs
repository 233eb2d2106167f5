import { PassThrough } from 'node:stream';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'missing-unpipe',
  description: 'The live feed stays piped to clients that have gone, one in forty requests',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), feed: new PassThrough().setMaxListeners(0) }),
  async iterate({ random, feed }, iteration) {
    const { etag } = serve(random);
    if (iteration % 40 === 20) feed.pipe(new PassThrough()).resume();
    if (iteration % 8 === 0) await new Promise(resolve => feed.write(etag, resolve));
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 22 / 40, unit: 'objects' };

export const expectEvidence = {
  objects: ['PassThrough'],
  holders: ['pipes', '_events', 'feed'],
  kind: 'listener',
  created: ['feed.pipe(new PassThrough())'],
};
