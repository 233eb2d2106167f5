import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'burst-queue',
  description: 'Jobs queue up and are drained at once, at random about every sixtieth request',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), queue: [] }),
  iterate(server) {
    const { random } = server;
    server.queue.push(serve(random));
    if (below(60, random) > 0) return 0;
    const jobs = server.queue;
    server.queue = [];
    return jobs.reduce((sum, { total }) => sum + total, 0);
  },
};
