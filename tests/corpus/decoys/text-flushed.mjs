import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'text-flushed',
  description:
    'A string that every request adds a line to, written and emptied when it exceeds 100,000 characters',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), text: '' }),
  iterate(log) {
    log.text += `${serve(log.random).body}\n`;
    if (log.text.length < 100_000) return 0;
    const written = Buffer.from(log.text).length;
    log.text = '';
    return written;
  },
};
