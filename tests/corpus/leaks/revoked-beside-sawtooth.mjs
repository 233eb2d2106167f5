import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'revoked-beside-sawtooth',
  description:
    'Sessions swept every 350 requests, each with roles and a token of its own; the token of one request in 30 stays in a set of revoked ones',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), sessions: new Map(), revoked: new Set() }),
  iterate({ random, sessions, revoked }, iteration) {
    const { etag, user } = serve(random);
    const roles = Array.from({ length: 1 + below(12, random) }, (_, n) => `role-${n} of ${user}`);
    sessions.set(iteration, { token: etag, roles });
    if (iteration % 30 === 0) revoked.add(`revoked ${etag}`.toUpperCase());
    if (iteration % 350 === 0) sessions.clear();
  },
};

export const leak = { metric: 'class.string', alternatives: ['heap.used'], rate: 1 / 30, unit: 'strings' };

export const expectEvidence = { objects: ['string'], holders: ['revoked'] };
