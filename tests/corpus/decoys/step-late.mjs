import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'step-late',
  description: 'A megabyte of rules is loaded at six tenths of the run and stays',
  expect: { default: 'steady' },
  setup: ({ seed, iterations }) => ({ random: seeded(seed), at: Math.floor(iterations * 0.6), rules: [] }),
  iterate(server, iteration) {
    const { etag } = serve(server.random);
    if (iteration !== server.at) return;
    server.rules = Array.from({ length: 8000 }, (_, rule) => ({ rule, match: etag, weight: rule / 3 }));
  },
};
