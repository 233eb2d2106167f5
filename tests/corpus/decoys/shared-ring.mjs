import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const SLOT = 6 * 1024;
const SLOTS = 2800;

export default {
  name: 'shared-ring',
  description:
    'The last 2,800 answers in a shared buffer of 17 MB, whose memory is taken as it is first written to',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), ring: new SharedArrayBuffer(SLOT * SLOTS) }),
  iterate({ random, ring }, iteration) {
    const answer = Buffer.alloc(SLOT, JSON.stringify(serve(random)));
    new Uint8Array(ring).set(answer, (iteration % SLOTS) * SLOT);
  },
};
