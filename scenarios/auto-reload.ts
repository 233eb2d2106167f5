import { defineScenario } from '../harness/scenario.ts';

/** The headline: CoreDNS before PR 6705 kept every zone of every generation that `auto` had loaded. */
export default defineScenario({
  name: 'auto-reload',
  description: 'Reloads the configuration; every generation loads its zones through auto',
  unit: 'reload',
  target: 'engine',
  builds: { fixed: {}, leaky: {} },
  expect: { fixed: 'steady', leaky: 'leak' },
  parameters: { zones: 10, records: 100 },
  async setup({ engine, parameters }) {
    const files: { [path: string]: string } = {};
    for (let zone = 0; zone < Number(parameters.zones); zone++) {
      const origin = `zone${zone}.example`;
      files[`zones/db.${origin}`] = engine.zoneText({ origin, records: Number(parameters.records) });
    }
    return engine.start({ corefile: '.:{port} {\n  auto {\n    directory zones\n  }\n}\n', files });
  },
  iterate: session => session.reload(),
  teardown: session => session.stop(),
});
