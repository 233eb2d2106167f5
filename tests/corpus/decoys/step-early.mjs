import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'step-early',
  description: 'A megabyte of dictionary is loaded at three tenths of the run and stays',
  expect: { default: 'steady' },
  setup: ({ seed, iterations }) => ({ random: seeded(seed), at: Math.floor(iterations * 0.3) }),
  iterate(server, iteration) {
    const { etag } = serve(server.random);
    if (iteration === server.at) {
      server.words = Array.from({ length: 16_000 }, (_, word) => `word ${word} of the dictionary ${etag}`);
    }
  },
};

export const plateau = true;
