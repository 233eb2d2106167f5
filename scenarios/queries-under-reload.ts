import { defineScenario, type EngineSession, type QueryLoad } from '../harness/scenario.ts';

interface Session {
  readonly engine: EngineSession;
  readonly load: QueryLoad;
}

/** A client process keeps asking over UDP and TCP while the engine reloads: no answer may be lost or wrong. */
export default defineScenario<Session>({
  name: 'queries-under-reload',
  description: 'Reloads while a client keeps asking over UDP and TCP; a lost or wrong answer ends the trial',
  unit: 'reload',
  target: 'engine',
  builds: { fixed: {}, leaky: {} },
  expect: { fixed: 'steady', leaky: 'leak' },
  parameters: { zones: 2, records: 50, queriesPerSecond: 6000 },
  // The client needs a core of its own, and its answers a server that is not slowed down by a neighbour.
  options: { iterations: 1000, exclusive: true },
  async setup({ engine: host, parameters }) {
    const records = Number(parameters.records);
    const files: { [path: string]: string } = {};
    const names: { [name: string]: string } = {};
    for (let zone = 0; zone < Number(parameters.zones); zone++) {
      const origin = `zone${zone}.example`;
      files[`zones/db.${origin}`] = host.zoneText({ origin, records });
      for (let record = 0; record < records; record++) names[`host${record}.${origin}`] = addressOf(record);
    }
    const corefile = '.:{port} {\n  auto {\n    directory zones\n  }\n}\n';
    const engine = await host.start({ corefile, files });
    const queriesPerSecond = Number(parameters.queriesPerSecond);
    return { engine, load: await engine.startLoad({ names, queriesPerSecond, tcpShare: 0.2 }) };
  },
  async iterate({ engine, load }) {
    load.resume();
    await engine.reload();
    // A turn of the event loop lets the answers out between two reloads.
    await new Promise(setImmediate);
  },
  async waitForIdle({ load }) {
    const { sent, lost, wrong } = await load.pause();
    if (lost + wrong > 0) {
      throw new Error(
        `Cannot go on as every query must be answered rightly: ${lost} lost, ${wrong} wrong of ${sent}`,
      );
    }
  },
  async teardown({ engine, load }) {
    const { sent, answered, lost, wrong, seconds } = await load.stop();
    await engine.stop();
    return { sent, answered, lost, wrong, queriesPerSecond: Math.round(answered / seconds) };
  },
});

/** Address of `host<record>` as `zoneText` numbers them. */
function addressOf(record: number): string {
  const number = record + 1;
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}
