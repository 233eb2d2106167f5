import { writeFileSync } from 'node:fs';

/** Writes the number of its process into the file that the environment names, then waits for something that never comes. */
export default {
  name: 'announcing',
  setup: () => writeFileSync(process.env.LEAKGATE_TEST_FILE, String(process.pid)),
  iterate: () => new Promise(() => {}),
};
