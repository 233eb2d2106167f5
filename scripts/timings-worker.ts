/**
 * Times one build: `timings-worker.js FOLDER BUILD AGE...`, ages in reloads, rising. Sends one `Timing` per
 * operation and age, and ends with its parent.
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bench } from 'tinybench';
import { type BuildName, Engine } from '../harness/engine/index.ts';
import type { Timing } from '../harness/model.ts';
import { Client } from '../harness/targets/engine/client.ts';
import { zoneText } from '../harness/targets/engine/zone-text.ts';

const ZONES = 10;
/** Few, so that 5,000 leaked generations fit into the default heap. */
const RECORDS = 10;
const WARMUP_RELOADS = 1000;
const WARMUP_QUERIES = 5000;
const RELOADS_TIMED = 100;
const QUERIES_TIMED = 1000;

const [directory = '', build, ...ages] = process.argv.slice(2);
process.on('disconnect', () => process.exit(1));
if (!process.connected) process.exit(1);

mkdirSync(join(directory, 'zones'));
for (let zone = 0; zone < ZONES; zone++) {
  const origin = `zone${zone}.example`;
  writeFileSync(join(directory, 'zones', `db.${origin}`), zoneText({ origin, records: RECORDS }));
}
const path = join(directory, 'Corefile');
writeFileSync(path, '.:0 {\n  auto {\n    directory zones\n  }\n}\n');

await warmUpCode();
const engine = await Engine.start({ corefile: { path }, build: build as BuildName });
const client = new Client(engine.port);
let reloads = 0;

for (const age of ages.map(Number)) {
  while (reloads < age) await reload();
  const reached = reloads;
  await time('query', reached, QUERIES_TIMED, () => client.ask('host1.zone1.example', 'A'));
  await time('reload', reached, RELOADS_TIMED, reload);
}
client.close();
await engine.stop();
// The leaky build's zones keep their timers, and timers keep a process alive.
process.exit(0);

/** An engine of the fixed build, for V8 to compile the code on: else the fresh engine would be timed cold. */
async function warmUpCode(): Promise<void> {
  const throwaway = await Engine.start({ corefile: { path }, build: 'fixed' });
  const asking = new Client(throwaway.port);
  for (let done = 0; done < WARMUP_RELOADS; done++) await throwaway.reload();
  for (let done = 0; done < WARMUP_QUERIES; done++) await asking.ask('host1.zone1.example', 'A');
  asking.close();
  await throwaway.stop();
}

async function reload(): Promise<void> {
  reloads++;
  await engine.reload();
}

async function time(
  operation: string,
  age: number,
  iterations: number,
  run: () => Promise<unknown>,
): Promise<void> {
  const bench = new Bench({
    time: 0,
    iterations,
    warmupTime: 0,
    warmupIterations: Math.ceil(iterations / 10),
    throws: true,
  });
  bench.add(operation, async () => {
    await run();
  });
  const [task] = await bench.run();
  const result = task?.result;
  if (result?.state !== 'completed')
    throw new Error(`Cannot time ${operation}: ${result?.state ?? 'no result'}`);
  const { p50, p99, samplesCount } = result.latency;
  const timing: Timing = { operation, build: build ?? '', age, median: p50, p99, samples: samplesCount };
  await new Promise<void>(resolve => process.send?.(timing, undefined, undefined, () => resolve()));
}
