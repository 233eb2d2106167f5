import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const MINUTES = 60_000;

/** Every request gets a deadline; the one in forty that fails returns before it is cleared. */
export default {
  name: 'request-deadline',
  description: 'A deadline timer that the error path does not clear',
  expect: { default: 'leak' },
  setup: ({ seed }) => seeded(seed),
  iterate(random, iteration) {
    const deadline = setTimeout(() => {}, 30 * MINUTES);
    serve(random);
    if (iteration % 40 === 17) return;
    clearTimeout(deadline);
  },
};

export const leak = { metric: 'timers', rate: 1 / 40, unit: 'timers' };

export const expectEvidence = { kind: 'timer', created: ['const deadline = setTimeout('] };
