import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineScenario, type EngineHost, type EngineSession } from '../harness/scenario.ts';

interface Session {
  readonly engine: EngineSession;
  readonly host: EngineHost;
  readonly zones: number;
  readonly records: number;
}

/** Zone files come, change and go between reloads: each zone in turn is written, given a new serial, and removed. */
export default defineScenario<Session>({
  name: 'zone-churn',
  description: 'Writes, changes and removes zone files between reloads',
  unit: 'reload',
  target: 'engine',
  builds: { fixed: {}, leaky: {} },
  expect: { fixed: 'steady', leaky: 'leak' },
  parameters: { zones: 6, records: 50 },
  options: { iterations: 1500 },
  async setup({ engine: host, parameters }) {
    const zones = Number(parameters.zones);
    const records = Number(parameters.records);
    return { engine: await host.startZones({ zones: 1, records }), host, zones, records };
  },
  async iterate({ engine, host, zones, records }, iteration) {
    const origin = `churn${iteration % zones}.example`;
    const path = join(engine.directory, 'zones', `db.${origin}`);
    const step = Math.floor(iteration / zones) % 3;
    if (step === 2) rmSync(path, { force: true });
    else writeFileSync(path, host.zoneText({ origin, records, serial: iteration + 1 }));
    await engine.reload();
  },
  // Samples compare like with like: at rest only the zone that is always there is loaded.
  async waitForIdle({ engine, zones }) {
    for (let zone = 0; zone < zones; zone++) {
      rmSync(join(engine.directory, 'zones', `db.churn${zone}.example`), { force: true });
    }
    await engine.reload();
  },
  teardown: ({ engine }) => engine.stop(),
});
