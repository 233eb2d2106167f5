import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { defineScenario, type EngineSession } from '../harness/scenario.ts';

interface Session {
  readonly engine: EngineSession;
  /** Holds the port that the bad configuration wants. */
  readonly squatter: Server;
  readonly bad: string;
}

/** Every reload loads its zones and then fails at its second listener, whose port is taken (coredns.md 7.B, O1). */
export default defineScenario<Session>({
  name: 'failed-reload',
  description:
    'Reloads a configuration whose second port is taken: every reload fails after its zones were started',
  unit: 'reload',
  target: 'engine',
  expect: { fixed: 'steady', leaky: 'leak', upstream: 'leak' },
  parameters: { zones: 5, records: 20 },
  options: { iterations: 1000 },
  async setup({ engine: host, parameters: { zones, records } }) {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const engine = await host.startZones({ zones: Number(zones), records: Number(records) });
    const bad = `${engine.corefile}other.example:${portOf(squatter)} {\n  whoami\n}\n`;
    return { engine, squatter, bad };
  },
  async iterate({ engine, bad }) {
    const failure: unknown = await engine.reload(bad).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!String(failure).includes('EADDRINUSE')) {
      throw new Error(`Cannot use this reload as it must fail with EADDRINUSE: ${String(failure)}`);
    }
  },
  async teardown({ engine, squatter }) {
    squatter.close();
    await engine.stop();
  },
});

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('Cannot tell the port of a closed server');
  return address.port;
}
