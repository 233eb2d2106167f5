import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'log-text',
  description: 'The log of a job is one string that every request adds a line to',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), log: '' }),
  iterate(job) {
    const { user, path, etag } = serve(job.random);
    job.log += `${user} ${path} ${etag}\n`;
  },
};

export const leak = { metric: 'heap.used', rate: 200, unit: 'B' };

export const expectEvidence = { objects: ['string'], holders: ['log'] };
