import { EventEmitter } from 'node:events';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'listeners-removed',
  description: 'Every request listens to a bus and to process, and stops; up to 20 requests overlap',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), bus: new EventEmitter().setMaxListeners(0), open: [] }),
  iterate({ random, bus, open }) {
    const request = serve(random);
    const forget = () => request.body;
    bus.on('flush', forget);
    process.once('exit', forget);
    open.push(forget);
    while (open.length > 20 * random()) {
      const ended = open.shift();
      bus.off('flush', ended);
      process.off('exit', ended);
    }
  },
};
