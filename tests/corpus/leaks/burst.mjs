import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'burst',
  description: 'Thirty orphaned jobs at once whenever a batch fails, every 300th request',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), jobs: new Map() }),
  iterate({ random, jobs }, iteration) {
    const { user, path } = serve(random);
    if (iteration % 300 !== 120) return;
    for (let job = 0; job < 30; job++) jobs.set(`${iteration}.${job}`, { user, path, tries: 0 });
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 1 / 10, unit: 'objects' };

export const expectEvidence = { objects: ['Object {user, path, tries}'], holders: ['jobs'] };
