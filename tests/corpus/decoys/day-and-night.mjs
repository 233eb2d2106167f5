import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'day-and-night',
  description: 'Sessions follow the time of day: 20 to 300 of them, a day is 900 requests',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), sessions: [] }),
  iterate({ random, sessions }, iteration) {
    const { user, path } = serve(random);
    const wanted = Math.round(160 - 140 * Math.cos((iteration / 900) * 2 * Math.PI));
    while (sessions.length < wanted) sessions.push({ user, path, cart: [] });
    sessions.splice(0, sessions.length - wanted);
  },
};
