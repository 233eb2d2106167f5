import {
  defineScenario,
  type EngineSession,
  type QueryLoad,
  type QueryLoadFigures,
} from '../harness/scenario.ts';

interface Session {
  readonly engine: EngineSession;
  readonly load: QueryLoad;
  readonly queriesPerSecond: number;
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
    const [zones, records] = [Number(parameters.zones), Number(parameters.records)];
    const names: { [name: string]: string } = {};
    for (let zone = 0; zone < zones; zone++)
      for (let record = 0; record < records; record++)
        names[`host${record}.zone${zone}.example`] = host.addressOf(record);
    const engine = await host.startZones({ zones, records });
    const queriesPerSecond = Number(parameters.queriesPerSecond);
    const load = await engine.startLoad({ names, queriesPerSecond, tcpShare: 0.2 });
    return { engine, load, queriesPerSecond };
  },
  async iterate({ engine, load }) {
    load.resume();
    await engine.reload();
    // A turn of the event loop lets the answers out between two reloads.
    await new Promise(setImmediate);
  },
  async waitForIdle({ load }) {
    checkAnswers(await load.pause());
  },
  async teardown({ engine, load, queriesPerSecond }) {
    const figures = await load.stop();
    await engine.stop();
    checkAnswers(figures);
    const { sent, answered, lost, wrong, seconds } = figures;
    const reached = Math.round(answered / seconds);
    return { sent, answered, lost, wrong, 'rate wanted': queriesPerSecond, 'rate reached': reached };
  },
});

function checkAnswers({ sent, lost, wrong }: QueryLoadFigures): void {
  if (lost + wrong === 0) return;
  throw new Error(
    `Cannot accept the reloads as every query must be answered rightly: ${lost} lost, ${wrong} wrong of ${sent}`,
  );
}
