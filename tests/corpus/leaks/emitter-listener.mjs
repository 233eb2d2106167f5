import { EventEmitter } from 'node:events';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'emitter-listener',
  description: 'Each request listens for changes of the configuration and never stops',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), config: new EventEmitter().setMaxListeners(0) }),
  iterate({ random, config }) {
    const request = serve(random);
    config.on('change', () => {
      request.total = 0;
    });
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 2, unit: 'objects' };

export const expectEvidence = {
  allocator: 'serve',
  objects: ['function'],
  holders: ['_events', 'change'],
  kind: 'listener',
  created: ["config.on('change'"],
};
