/**
 * Queries per second over UDP, one process: the engine beside a bare echo of the same packets, which is the most a Node
 * process can do on this machine. Needs dnsperf. `node dist/scripts/bench-qps.js [SECONDS [REPETITIONS]]`
 * @module
 */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Listener } from '../harness/engine/listener.ts';
import { Server } from '../harness/engine/server.ts';

const NAMES = Array.from({ length: 1000 }, (_, index) => `host${index}.example.org.`);
const ORIGIN = 'example.org.';

const SUBJECTS = { echo: startEcho, engine: startEngine } as const;
type SubjectName = keyof typeof SUBJECTS;

const role = process.argv[2];
if (process.send !== undefined && (role === 'echo' || role === 'engine')) await serve(role);
else await compare(Number(role ?? 5), Number(process.argv[3] ?? 3));

/** The child's part: serve until the parent goes away. */
async function serve(name: SubjectName): Promise<void> {
  process.send?.(await SUBJECTS[name]());
  process.on('disconnect', () => process.exit());
}

async function startEcho(): Promise<number> {
  const socket = createSocket({
    type: 'udp4',
    lookup: (address, family, callback) => callback(null, address, Number(family)),
  });
  socket.on('message', (packet, client) => {
    packet[2] = (packet[2] ?? 0) | 0x80;
    socket.send(packet, client.port, client.address);
  });
  const listening = once(socket, 'listening');
  socket.bind(0, '127.0.0.1');
  await listening;
  return socket.address().port;
}

async function startEngine(): Promise<number> {
  const table = new Map(
    NAMES.map((name, i) => [
      name,
      {
        rcode: 'NOERROR' as const,
        authoritative: true,
        answers: [{ name, type: 'A', ttl: 3600, data: `192.0.2.${i % 256}` }],
        authorities: process.env.NS
          ? [{ name: ORIGIN, type: 'NS', ttl: 3600, data: 'ns1.example.org.' }]
          : [],
        additionals: [],
      },
    ]),
  );
  const refused = {
    rcode: 'REFUSED' as const,
    authoritative: true,
    answers: [],
    authorities: [],
    additionals: [],
  };
  const listener = await Listener.open({ port: 0 });
  listener.server = new Server({
    address: 'x',
    log: () => {},
    routes: [{ zone: ORIGIN, handler: { name: 'table', serve: query => table.get(query.name) ?? refused } }],
  });
  return listener.port;
}

/** The parent's part: both subjects in turn, `repetitions` times. */
async function compare(seconds: number, repetitions: number): Promise<void> {
  await checkDnsperf();
  const folder = await mkdtemp(join(tmpdir(), 'leakgate-qps-'));
  const queries = join(folder, 'queries');
  await writeFile(queries, NAMES.map(name => `${name} A\n`).join(''));
  const rates: { [name in SubjectName]: number[] } = { echo: [], engine: [] };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const name of ['echo', 'engine'] as const) rates[name].push(await measure(name, queries, seconds));
  }
  await rm(folder, { recursive: true });
  for (const name of ['echo', 'engine'] as const) console.log(`${name.padEnd(8)}${describe(rates[name])}`);
  console.log(`ratio   ${(median(rates.engine) / median(rates.echo)).toFixed(2)}`);
}

async function checkDnsperf(): Promise<void> {
  try {
    await run('dnsperf', ['-h']);
  } catch {
    console.error('Cannot measure queries per second, dnsperf must be installed: not found');
    process.exit(2);
  }
}

/** Queries answered per second by a fresh process. */
async function measure(name: SubjectName, queries: string, seconds: number): Promise<number> {
  const child = fork(fileURLToPath(import.meta.url), [name]);
  try {
    const [port] = (await once(child, 'message')) as [number];
    const options = { s: '127.0.0.1', p: port, d: queries, c: 10, q: 100, l: seconds };
    const { stdout } = await run(
      'dnsperf',
      Object.entries(options).flatMap(([flag, value]) => [`-${flag}`, String(value)]),
    );
    const rate = /Queries per second:\s+([\d.]+)/.exec(stdout)?.[1];
    if (rate === undefined) throw new Error(`Cannot read dnsperf's result, it must state a rate: ${stdout}`);
    const lost = /Queries lost:\s+(\d+)/.exec(stdout)?.[1];
    if (lost !== '0') console.error(`${name} lost ${lost} queries`);
    return Number(rate);
  } finally {
    await end(child);
  }
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}

function run(command: string, parameters: readonly string[]): Promise<{ stdout: string }> {
  return promisify(execFile)(command, parameters);
}

function describe(rates: readonly number[]): string {
  const rounded = [median(rates), Math.min(...rates), Math.max(...rates)].map(rate =>
    Math.round(rate).toLocaleString('en'),
  );
  return `${rounded[0]} queries/s, median of ${rates.length} (${rounded[1]} to ${rounded[2]})`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
