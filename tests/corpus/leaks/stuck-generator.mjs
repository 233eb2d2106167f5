import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

async function* pages(request) {
  for (let page = 0; page < 3; page++) yield { page, path: request.path };
}

export default {
  name: 'stuck-generator',
  description:
    'Generators of paged answers, left after their first page and kept as open cursors, one in forty',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), cursors: new Set() }),
  async iterate({ random, cursors }, iteration) {
    const cursor = pages(serve(random));
    cursors.add(cursor);
    await cursor.next();
    if (iteration % 40 === 2) return;
    await cursor.return();
    cursors.delete(cursor);
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 2 / 40, unit: 'objects' };

export const expectEvidence = { allocator: 'serve', objects: ['Generator', 'pages'], holders: ['cursors'] };
