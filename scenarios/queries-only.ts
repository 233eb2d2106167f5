import { defineScenario } from '../harness/scenario.ts';

const ASKED_PER_ROUND = 20;

/** The control: no reload, so no build has anything to leave behind. */
export default defineScenario({
  name: 'queries-only',
  description: 'Asks over UDP and TCP without ever reloading: the control, steady in every build',
  unit: 'round',
  target: 'engine',
  parameters: { zones: 2, records: 100 },
  options: { iterations: 1000 },
  async setup({ engine, parameters }) {
    const records = Number(parameters.records);
    return { session: await engine.startZones({ zones: Number(parameters.zones), records }), records };
  },
  async iterate({ session, records }, iteration) {
    for (let asked = 0; asked < ASKED_PER_ROUND; asked++) {
      const known = asked % 5 !== 4;
      const name = `${known ? 'host' : 'nobody'}${(iteration + asked) % records}.zone0.example`;
      const answer = await session.ask(name, 'A', asked % 10 === 0 ? 'tcp' : 'udp');
      const expected = known ? 'NOERROR' : 'NXDOMAIN';
      if (answer.rcode !== expected) {
        throw new Error(`Cannot accept the answer for ${name} as it must be ${expected}: ${answer.rcode}`);
      }
    }
  },
  teardown: ({ session }) => session.stop(),
});
