import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'flush-700',
  description: 'An archive of documents that is closed after every 700 requests',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), documents: [] }),
  iterate(archive) {
    const { body, etag } = serve(archive.random);
    archive.documents.push({ etag, body });
    if (archive.documents.length === 700) archive.documents = [];
  },
};
