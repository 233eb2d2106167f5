// Ids of 100 objects that stay in a worker thread, in three snapshots, while others go and are logged, and what a
// fourth one says of a full disk. Prints JSON.
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { keepObjectIds } from '../../dist/harness/probes/inspector.js';
import { readSnapshot } from '../../dist/harness/snapshot/read-snapshot.js';
import { ThreadSnapshots } from '../../dist/harness/worker/thread-snapshot.js';

const CODE = `
const { parentPort } = require('node:worker_threads');
let others = Array.from({ length: 5000 }, (_, other) => ({ other }));
class Kept { name = 'kept'; }
class Logged { name = 'logged'; }
const kept = Array.from({ length: 100 }, () => new Kept());
parentPort.on('message', () => {
  others = others.filter((_, place) => place % 3 === 0);
  for (let done = 0; done < 30; done++) console.error(new Logged(), kept.length);
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
`;

const folder = mkdtempSync(join(tmpdir(), 'leakgate-thread-snapshots-'));
const snapshots = new ThreadSnapshots();
keepObjectIds();
const before = await snapshots.take(folder, 0);
const worker = new Worker(CODE, { eval: true });
await once(worker, 'message');
const outcome = { before: before ?? null, threads: [], ids: [], logged: [] };
for (const at of [1, 2, 3]) {
  const { path, thread } = await snapshots.take(folder, at);
  outcome.threads.push(thread);
  const snapshot = readSnapshot(path);
  outcome.ids.push(idsOf(snapshot, 'Kept'));
  outcome.logged.push(idsOf(snapshot, 'Logged').length);
  worker.postMessage('go on');
  await once(worker, 'message');
}
symlinkSync('/dev/full', join(folder, 'thread-at-5.heapsnapshot'));
outcome.full = await snapshots.take(folder, 5).then(() => 'taken', String);
await worker.terminate();
outcome.after = (await snapshots.take(folder, 4)) ?? null;
rmSync(folder, { recursive: true });
process.stdout.write(JSON.stringify(outcome), () => process.exit(0));

function idsOf({ nodeCount, ids, names, types, nodeTypes, strings }, name) {
  const found = [];
  for (let node = 0; node < nodeCount; node++) {
    if (nodeTypes[types[node]] === 'object' && strings.at(names[node]) === name) found.push(ids[node]);
  }
  return found.sort((a, b) => a - b);
}
