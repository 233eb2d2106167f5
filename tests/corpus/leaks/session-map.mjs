import { randomBytes } from 'node:crypto';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'session-map',
  description: 'Sessions are made per request and never expire',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), sessions: new Map() }),
  iterate({ random, sessions }) {
    const { user, path } = serve(random);
    sessions.set(randomBytes(16).toString('hex'), { user, path, roles: ['reader'] });
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 2, unit: 'objects' };

export const expectEvidence = { objects: ['Object {user, path, roles}', 'string'], holders: ['sessions'] };
