import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'pending-replies',
  description: 'Calls without an answer stay in the registry of pending promises, every tenth one',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), pending: new Map() }),
  async iterate({ random, pending }, iteration) {
    const request = serve(random);
    const reply = new Promise((resolve, reject) => pending.set(iteration, { resolve, reject, request }));
    if (iteration % 10 === 9) return;
    pending.get(iteration).resolve(request.total);
    pending.delete(iteration);
    await reply;
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 5 / 10, unit: 'objects' };

export const expectEvidence = {
  allocator: 'serve',
  objects: ['Object {resolve, reject, request}'],
  holders: ['pending'],
};
