import { writeFileSync } from 'node:fs';

/** Hears neither the order to end nor SIGTERM. */
export default {
  name: 'stubborn',
  setup() {
    process.on('SIGTERM', () => {});
  },
  iterate() {
    writeFileSync('pid', String(process.pid));
    for (;;);
  },
};
