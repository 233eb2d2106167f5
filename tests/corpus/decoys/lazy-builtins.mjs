import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const FIRST_USE = { 700: 'node:http2', 1250: 'node:tls', 1640: 'node:readline' };

export default {
  name: 'lazy-builtins',
  description: 'Modules of Node are imported when they are first needed, the last at four fifths of the run',
  expect: { default: 'steady' },
  setup: ({ seed }) => seeded(seed),
  async iterate(random, iteration) {
    const { total } = serve(random);
    const name = FIRST_USE[iteration];
    return name ? Object.keys(await import(name)).length : total;
  },
};
