import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'seen-numbers-cleared',
  description: 'Numbers of messages in two sets; the older is dropped when the younger holds 3,000',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), young: new Set(), old: new Set(), next: 0 }),
  iterate(seen) {
    serve(seen.random);
    for (let message = 0; message < 6; message++) seen.young.add(seen.next++);
    if (seen.young.size < 3000) return;
    seen.old = seen.young;
    seen.young = new Set();
  },
};
