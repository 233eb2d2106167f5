import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const SLOT = 4 * 1024;

export default {
  name: 'untouched-buffer',
  description: 'A buffer of 128 MB is made at the start and written to for the first time little by little',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), buffer: Buffer.alloc(128 * 2 ** 20) }),
  iterate({ random, buffer }, iteration) {
    const at = (iteration * SLOT) % buffer.length;
    buffer.fill(JSON.stringify(serve(random)), at, at + SLOT);
  },
};
