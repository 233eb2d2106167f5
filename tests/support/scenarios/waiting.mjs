/** Waits for something that never comes; writes into the folder given by the environment when it is told to stop. */
import { writeFileSync } from 'node:fs';

export default {
  name: 'waiting',
  setup({ signal, directory }) {
    const { LEAKGATE_TEST_FILE: file } = process.env;
    if (file) signal.addEventListener('abort', () => writeFileSync(file, directory));
  },
  iterate: (_session, iteration) => (iteration === 12 ? new Promise(() => {}) : undefined),
};
