/** Ends as by Ctrl-C, which every process of a terminal hears; notes its pid in the file given by the environment. */
import { writeFileSync } from 'node:fs';

export default {
  name: 'sigint',
  iterate(_session, iteration) {
    if (iteration !== 20) return;
    writeFileSync(process.env.LEAKGATE_TEST_FILE, String(process.pid));
    process.kill(process.pid, 'SIGINT');
  },
};
