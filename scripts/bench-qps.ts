/**
 * Queries per second over UDP, one process: the engine beside a bare echo of the same packets, which is the most a Node
 * process can do on this machine. Needs dnsperf. `node dist/scripts/bench-qps.js [SECONDS [REPETITIONS]]`
 * @module
 */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Engine } from '../harness/engine/index.ts';
import { withFolder } from '../harness/spawn/folder.ts';
import { median } from '../harness/stats/quantile.ts';

const NAMES = Array.from({ length: 1000 }, (_, index) => `host${index}.example.org.`);
const ZONE = [
  '@ 3600 IN SOA ns.example.org. admin.example.org. 1 3600 600 86400 300',
  '@ 3600 IN NS ns.example.org.',
  'ns 3600 IN A 192.0.2.1',
  ...NAMES.map((name, index) => `${name} 3600 IN A 198.51.100.${index % 256}`),
].join('\n');

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

/** Reads its configuration from the folder it was started in. */
async function startEngine(): Promise<number> {
  const text = 'example.org {\n  file db.example.org\n}\n';
  const engine = await Engine.start({ corefile: { path: 'Corefile', text }, port: 0 });
  return engine.port;
}

/** The parent's part: both subjects in turn, `repetitions` times. */
async function compare(seconds: number, repetitions: number): Promise<void> {
  await checkDnsperf();
  const rates: { [name in SubjectName]: number[] } = { echo: [], engine: [] };
  await withFolder(async folder => {
    await writeFile(join(folder, 'db.example.org'), `${ZONE}\n`);
    await writeFile(join(folder, 'queries'), NAMES.map(name => `${name} A\n`).join(''));
    for (let repetition = 0; repetition < repetitions; repetition++) {
      rates.echo.push(await measure('echo', folder, seconds));
      rates.engine.push(await measure('engine', folder, seconds));
    }
  });
  console.log(`echo    ${describe(rates.echo)}`);
  console.log(`engine  ${describe(rates.engine)}`);
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
async function measure(name: SubjectName, folder: string, seconds: number): Promise<number> {
  const child = fork(fileURLToPath(import.meta.url), [name], { cwd: folder, execArgv: [] });
  try {
    const [port] = (await once(child, 'message')) as [number];
    const options = { s: '127.0.0.1', p: port, d: join(folder, 'queries'), c: 10, q: 100, l: seconds };
    const flags = Object.entries(options).flatMap(([flag, value]) => [`-${flag}`, String(value)]);
    const { stdout } = await run('dnsperf', flags);
    const lost = Number(/Queries lost:\s+(\d+)/.exec(stdout)?.[1]);
    const rate = Number(/Queries per second:\s+([\d.]+)/.exec(stdout)?.[1]);
    if (!Number.isFinite(rate + lost))
      throw new Error(`Cannot read dnsperf's result, it must state a rate: ${stdout}`);
    if (lost > 0) console.error(`${name} lost ${lost} queries`);
    return rate;
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
