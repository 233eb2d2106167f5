import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'ring-log',
  description: 'The last 500 log lines, of lengths that differ, in a ring',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), lines: Array(500).fill('') }),
  iterate({ random, lines }, iteration) {
    const { body, user } = serve(random);
    lines[iteration % lines.length] = `${new Date(iteration * 1000).toISOString()} ${user} ${body}`;
  },
};

export const plateau = true;
