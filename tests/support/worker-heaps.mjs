// What the probe reads of worker threads that keep, wait for a lock, end, and are too many. Prints JSON; needs --expose-gc.
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ProbeSet } from '../../dist/harness/probes/index.js';

const probes = new ProbeSet([]);

/** Undefined where the probe gave none. */
async function reading() {
  const readings = {};
  probes.read('cheap', readings);
  await probes.ask(readings);
  return { workers: readings.workers, gained: readings['heap.workers'] ?? null };
}

const KEEPER = `
const { parentPort } = require('node:worker_threads');
const kept = [];
parentPort.on('message', ({ keep, drop, log = 0 }) => {
  for (let done = 0; done < keep; done++) kept.push({ done });
  for (let done = 0; done < drop; done++) JSON.parse(JSON.stringify({ done }));
  for (let done = 0; done < log; done++) console.error({ logged: 'x'.repeat(200) + done });
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
`;
const WAITER = `
const { parentPort, workerData } = require('node:worker_threads');
parentPort.postMessage('ready');
Atomics.wait(new Int32Array(workerData), 0, 0);
`;

async function started(code, workerData) {
  const worker = new Worker(code, { eval: true, workerData });
  await once(worker, 'message');
  return worker;
}

async function told(worker, message) {
  worker.postMessage(message);
  await once(worker, 'message');
}

const outcome = { none: await reading() };
const keeper = await started(KEEPER);
// The first line that a thread logs loads what logging needs.
await told(keeper, { keep: 10, drop: 10_000, log: 10 });
outcome.first = await reading();
await told(keeper, { keep: 0, drop: 10_000 });
outcome.dropped = await reading();
await told(keeper, { keep: 0, drop: 0, log: 900 });
// What is under way to the terminal is no longer held then.
await delay(500);
outcome.logged = await reading();
await told(keeper, { keep: 10_000, drop: 0 });
outcome.kept = await reading();
await started(WAITER, new SharedArrayBuffer(4));
outcome.waiting = await reading();
await keeper.terminate();
outcome.ended = await reading();
for (let more = 0; more < 16; more++) await started(WAITER, new SharedArrayBuffer(4));
outcome.many = await reading();
process.stdout.write(JSON.stringify(outcome), () => process.exit(0));
