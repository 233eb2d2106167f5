import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'buffer-pool',
  description: 'Buffers go back to a pool of at most 48, of which more are needed now and then',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), pool: [] }),
  iterate({ random, pool }) {
    const { body } = serve(random);
    const wanted = random() < 0.02 ? below(64, random) : below(8, random);
    const taken = Array.from({ length: wanted }, () => pool.pop() ?? Buffer.allocUnsafeSlow(8192));
    for (const buffer of taken) buffer.write(body);
    for (const buffer of taken) if (pool.length < 48) pool.push(buffer);
  },
};
