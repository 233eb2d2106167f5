import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const FRAMES = 500;

export default {
  name: 'shared-frames',
  description: 'The last 500 frames of 2 to 30 kB for the workers, each in a shared buffer of its own',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), frames: [] }),
  iterate({ random, frames }, iteration) {
    serve(random);
    const frame = new SharedArrayBuffer(2048 + Math.floor(random() * 28 * 1024));
    new Uint8Array(frame).fill(iteration);
    frames[iteration % FRAMES] = frame;
  },
};
