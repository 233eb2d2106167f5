import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'idle-timers-vary',
  description: 'An idle timer for each of 0 to 60 connections that come and go',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), idle: new Map() }),
  iterate({ random, idle }) {
    serve(random);
    const connection = below(60, random);
    if (idle.has(connection)) {
      clearTimeout(idle.get(connection));
      idle.delete(connection);
    } else {
      idle.set(connection, setTimeout(() => idle.delete(connection), 120_000).unref());
    }
  },
};
