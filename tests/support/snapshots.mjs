/**
 * Runs a leaking module in a process of its own: `iterate` a number of times between three heap snapshots. Parameters: the module, a
 * folder, iterations between snapshots, and `traces` for allocation stacks.
 */
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { writeHeapSnapshot } from 'node:v8';

const [module, folder, count, traces] = process.argv.slice(2);
if (traces) {
  const session = new Session();
  session.connect();
  session.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
}
const url = pathToFileURL(module).href;
let iteration = 0;

/** Asked for each time: a variable here would be one more way to what the module holds. */
async function iterate(n) {
  const loaded = await import(url);
  return (loaded.iterate ?? loaded.default.iterate)(n);
}

async function round(times, name) {
  for (const end = iteration + times; iteration < end; iteration++) await iterate(iteration);
  for (let collection = 0; collection < 3; collection++) {
    await turn();
    globalThis.gc();
  }
  writeHeapSnapshot(join(folder, `${name}.heapsnapshot`));
}

await round(30, 'warm-up');
await round(0, 0);
await round(Number(count), 1);
await round(Number(count), 2);
process.exit(0);
