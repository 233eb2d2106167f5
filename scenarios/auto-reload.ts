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
  setup: ({ engine, parameters: { zones, records } }) =>
    engine.startZones({ zones: Number(zones), records: Number(records) }),
  iterate: session => session.reload(),
  teardown: session => session.stop(),
});
