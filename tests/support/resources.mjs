// Child of tests/probes/resources.test.ts: makes ten of each resource and prints, per kind, which exact metrics moved.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns';
import { EventEmitter, once } from 'node:events';
import { openSync, watch, watchFile } from 'node:fs';
import { open } from 'node:fs/promises';
import { Agent, createServer as createHttpServer, get } from 'node:http';
import { connect, createServer } from 'node:net';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createContext } from 'node:vm';
import { BroadcastChannel, MessageChannel, Worker } from 'node:worker_threads';
import { createGzip } from 'node:zlib';
import { ProbeSet } from '../../dist/harness/probes/index.js';
import { settle } from '../../dist/harness/worker/settle.js';

const HERE = fileURLToPath(import.meta.url);
const HOST = '127.0.0.1';
const IDLE = 'setInterval(() => {}, 1000)';

/** Kind of resource to how one is made; what is returned is held. */
const KINDS = {
  nothing: () => undefined,
  'setTimeout (ref)': () => setTimeout(() => {}, 1e6),
  'setTimeout().unref()': () => setTimeout(() => {}, 1e6).unref(),
  'setInterval (ref)': () => setInterval(() => {}, 1e6),
  'setInterval().unref()': () => setInterval(() => {}, 1e6).unref(),
  'AbortSignal.timeout()': () => AbortSignal.timeout(1e6),
  'timers/promises {ref:false}': () => ({ promise: wait(1e6, undefined, { ref: false }) }),
  'immediate that re-arms itself': () => rearm(),
  'dgram socket bound': () => boundSocket(),
  'dgram socket bound + unref': async () => (await boundSocket()).unref(),
  'dgram socket created, not bound': () => createSocket('udp4'),
  'net server listening': () => listening(createServer()),
  'net server + unref': async () => (await listening(createServer())).unref(),
  'net connection + unref': () => connection(),
  'fs.watch': () => watch(HERE),
  'fs.watch persistent:false': () => watch(HERE, { persistent: false }),
  'fs.watchFile': () => watchFileOnce(),
  'fs.promises.open FileHandle': () => open(HERE),
  'fs.openSync': () => openSync(HERE),
  'new dns.Resolver()': () => new Resolver(),
  'zlib.createGzip()': () => createGzip(),
  'MessageChannel, no listener': () => new MessageChannel(),
  'Worker idle': () => idleWorker(),
  'Worker + unref': async () => (await idleWorker()).unref(),
  'child_process.spawn': () => sleeper(),
  'http keep-alive idle socket': () => keepAlive(),
  'EventEmitter +100 listeners': () => hundredListeners(),
  'process.on(SIGHUP)': () => process.on('SIGHUP', () => {}),
  'process.on(message)': () => process.on('custom', () => {}),
  'never-settled Promise': () => ({ promise: new Promise(() => {}) }),
  BroadcastChannel: () => new BroadcastChannel('leak'),
  'vm context': () => createContext({}),
};

process.setMaxListeners(0);
EventEmitter.defaultMaxListeners = 0;
const probes = new ProbeSet([]);
const exact = probes.metrics.filter(({ kind }) => kind === 'exact').map(({ name }) => name);
const held = [];
let nextCopy = 0;
const server = await listening(
  createHttpServer({ keepAliveTimeout: 1e6 }, (_request, response) => response.end('ok')),
);
const moved = {};
await Promise.all(Array.from({ length: 8 }, () => open(HERE).then(file => file.close())));
const before = {};
const after = {};
await read(before);
await read(after);

for (const [kind, make] of Object.entries(KINDS)) {
  // One is made before the first reading: what a kind sets up once does not count.
  held.push(await make());
  await read(before);
  for (let made = 0; made < 10; made++) held.push(await make());
  await read(after);
  const changes = exact.map(name => [name, after[name] - before[name]]).filter(([, change]) => change !== 0);
  moved[kind] = Object.fromEntries(changes);
}
process.stdout.write(JSON.stringify({ moved, unavailable: probes.unavailable }), () =>
  process.kill(process.pid, 'SIGKILL'),
);

async function read(into) {
  for (let turns = 0; turns < 5; turns++) await turn();
  await settle({ settleTries: 8, settleTolerance: 256 });
  for (const cost of ['cheap', 'costly']) probes.read(cost, into);
}

function rearm() {
  const again = () => setImmediate(again);
  return again();
}

async function boundSocket() {
  const socket = createSocket('udp4').bind(0, HOST);
  await once(socket, 'listening');
  return socket;
}

async function listening(made) {
  made.listen(0, HOST);
  await once(made, 'listening');
  return made;
}

async function connection() {
  const socket = connect(server.address().port, HOST);
  await once(socket, 'connect');
  return socket.unref();
}

function watchFileOnce() {
  // Watching one path again adds no watcher.
  return watchFile(`${HERE}.${nextCopy++}`, { persistent: false }, () => {});
}

async function idleWorker() {
  const worker = new Worker(IDLE, { eval: true });
  await once(worker, 'online');
  return worker;
}

async function sleeper() {
  // Ends when its input does, so it cannot outlive this process.
  const child = spawn('cat');
  await once(child, 'spawn');
  return child;
}

async function keepAlive() {
  const agent = new Agent({ keepAlive: true });
  const request = get({ agent, host: HOST, port: server.address().port });
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
  return agent;
}

function hundredListeners() {
  const emitter = new EventEmitter();
  for (let added = 0; added < 100; added++) emitter.on('event', () => {});
  return emitter;
}
