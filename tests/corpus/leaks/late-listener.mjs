import { EventEmitter } from 'node:events';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'late-listener',
  description: 'Clean until two fifths of the run, then every request leaves a listener on the bus',
  expect: { default: 'leak' },
  setup: ({ seed, iterations }) => ({
    random: seeded(seed),
    bus: new EventEmitter().setMaxListeners(0),
    from: iterations * 0.4,
  }),
  iterate({ random, bus, from }, iteration) {
    const { path } = serve(random);
    const forget = () => path;
    bus.on('flush', forget);
    if (iteration < from) bus.off('flush', forget);
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 1, unit: 'objects' };

export const expectEvidence = {
  objects: ['function forget'],
  holders: ['_events', 'flush'],
  kind: 'listener',
  created: ["bus.on('flush'"],
};
