/** Opens one thing of each kind and leaves it open; prints what the books say. The marks name the lines. */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { createReadStream, openSync, watch } from 'node:fs';
import { open } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { takeInventory } from '../../../dist/harness/ledger/inventory.js';
import { Ledger } from '../../../dist/harness/ledger/ledger.js';

const ledger = new Ledger();
ledger.open();
const file = import.meta.filename;
const emitter = new EventEmitter();
const abortion = new AbortController();
const kept = [];

setTimeout(() => {}, 3_600_000).unref(); // mark: timeout
setInterval(() => {}, 1234).unref(); // mark: interval
void sleep(7_200_000, undefined, { ref: false }); // mark: promised timeout
kept.push(AbortSignal.timeout(5_400_000)); // mark: signal timeout
openSync(file, 'r'); // mark: raw file
kept.push(await open(file)); // mark: file handle
const stream = createReadStream(file, { highWaterMark: 16 }); // mark: stream
await once(stream, 'readable');
const server = createServer();
server.listen(0, '127.0.0.1'); // mark: server
await once(server, 'listening');
kept.push(connect(server.address().port, '127.0.0.1')); // mark: client
await once(server, 'connection');
kept.push(createSocket('udp4')); // mark: udp
watch(file, { persistent: false }, () => {}); // mark: watcher
kept.push(spawn('sleep', ['60'])); // mark: child
kept.push(new Worker('setInterval(() => {}, 1000)', { eval: true })); // mark: worker
kept.push(new MessageChannel()); // mark: channel
emitter.on('change', () => {}); // mark: emitter
const bus = { on: EventEmitter.prototype.on };
bus.on('call', () => {}); // mark: borrowed
kept.push(bus);
emitter.once('end', () => {}); // mark: once
const shared = () => {};
emitter.on('shared', shared); // mark: shared
new EventEmitter().on('shared', shared).off('shared', shared);
for (const version of [1, 2]) await import(`./reloaded.mjs?version=${version}`);
abortion.signal.addEventListener('abort', () => {}); // mark: target
process.on('exit', () => {}); // mark: process

const closed = openSync(file, 'r');
(await import('node:fs')).closeSync(closed);
clearTimeout(setTimeout(() => {}, 999_999));
await (await open(file)).close();
const gone = createSocket('udp6');
gone.close();
await once(gone, 'close');

globalThis.gc();
// What is closed is gone a turn later.
for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve));
process.stdout.write(JSON.stringify(takeInventory(0, ledger.live())), () => {
  kept.find(one => one.pid)?.kill('SIGKILL');
  process.exit();
});
