import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'step-external',
  description: 'A bloom filter of a megabyte outside the heap, made at 55 % of the run',
  expect: { default: 'steady' },
  setup: ({ seed, iterations }) => ({ random: seeded(seed), at: Math.floor(iterations * 0.55) }),
  iterate(server, iteration) {
    const { total } = serve(server.random);
    if (iteration === server.at) server.filter = new Uint8Array(2 ** 20);
    if (server.filter) server.filter[below(2 ** 20, server.random)] |= total & 255;
  },
};
