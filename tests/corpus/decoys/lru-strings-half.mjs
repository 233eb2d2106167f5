import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'lru-strings-half',
  description: 'A cache of 900 texts by text, without any object',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), pages: new Map() }),
  iterate({ random, pages }) {
    const { etag, body } = serve(random);
    pages.set(etag, body);
    if (pages.size > 900) pages.delete(pages.keys().next().value);
  },
};

export const plateau = true;
