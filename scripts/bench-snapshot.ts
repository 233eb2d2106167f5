/**
 * Times the explanation of large heap snapshots: makes three of one leaking process, has them explained by
 * the process that explains, and prints how long that took and how much memory. Parameters: zones of 60
 * records before the leak begins (default 7200: 150 MB).
 * @module
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RECORDS = 60;
const LEAKED = 100;
const MEGABYTE = 2 ** 20;

const LEAK = `
  class Record { constructor(zone, n) { this.owner = 'h' + n + '.' + zone; this.ttl = n + 0.5; this.data = { n, text: '10.0.' + n }; } }
  class Zone { constructor(n) { this.name = 'zone' + n; this.records = Array.from({ length: ${RECORDS} }, (_, r) => new Record(this.name, r)); } }
  const zones = globalThis.zones = new Map();
  const [folder, before] = process.argv.slice(1);
  const add = count => { for (let n = 0; n < count; n++) zones.set(zones.size, new Zone(zones.size)); };
  for (const [name, count] of [[0, Number(before)], [1, ${LEAKED}], [2, ${LEAKED}]]) {
    add(count);
    require('node:v8').writeHeapSnapshot(folder + '/' + name + '.heapsnapshot');
  }`;
/** Prints, when the process ends, the most memory it has had, in kilobytes. */
const PEAK = `data:text/javascript,process.on('exit',()=>console.error(process.resourceUsage().maxRSS))`;

const folder = mkdtempSync(join(tmpdir(), 'leakgate-bench-'));
try {
  const [zones = '7200'] = process.argv.slice(2);
  execFileSync(process.execPath, ['--max-old-space-size=4096', '-e', LEAK, '--', folder, zones]);
  for (const rounds of [
    [0, 2],
    [0, 1, 2],
  ])
    time(rounds);
} finally {
  rmSync(folder, { recursive: true });
}

function time(rounds: readonly number[]): void {
  const snapshots = rounds.map(round => ({
    path: join(folder, `${round}.heapsnapshot`),
    iteration: round * LEAKED,
  }));
  const orders = snapshots.map((snapshot, place): string =>
    JSON.stringify(place < rounds.length - 1 ? snapshot : { ...snapshot, own: { holders: [], books: [] } }),
  );
  const main = fileURLToPath(new URL('../harness/evidence/explain-heap-main.js', import.meta.url));
  const began = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', PEAK, main], {
    input: orders.join('\n'),
    encoding: 'utf8',
  });
  const seconds = (performance.now() - began) / 1000;
  const sizes = snapshots.map(({ path }) => `${Math.round(statSync(path).size / MEGABYTE)} MB`);
  const { objects } = JSON.parse(stdout) as { objects: readonly { name: string; perIteration: number }[] };
  const [first] = objects;
  const peak = Math.round(Number(stderr.trim()) / 1024);
  console.log(
    `${sizes.join(', ')}: ${seconds.toFixed(1)} s, ${peak} MB; ${first?.name} ${first?.perIteration} per iteration`,
  );
}
