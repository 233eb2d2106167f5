import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const THREAD = 'setInterval(() => {}, 60_000); require("node:worker_threads").parentPort.postMessage(0);';

// The last 40 objects, all new between two snapshots; logs, and has a worker thread.
export default {
  name: 'turnover',
  async setup() {
    const worker = new Worker(THREAD, { eval: true });
    await once(worker, 'message');
    return { ring: [], worker };
  },
  iterate({ ring }, turned) {
    ring[turned % 40] = { turned: `${turned}` };
    console.error({ logged: `${turned}` });
  },
  teardown: ({ worker }) => void worker.terminate(),
};
