import type { Engine } from '../../engine/index.ts';
import type { EngineAnswer, EngineSession, QueryLoad, QueryLoadInput } from '../../scenario.ts';
import { Client } from './client.ts';
import { startLoad } from './load.ts';

/** One started engine, as a scenario sees it. */
export class RunningEngine implements EngineSession {
  readonly corefile: string;
  readonly directory: string;
  readonly port: number;
  readonly #engine: Engine;
  readonly #client: Client;
  readonly #ended: () => void;

  constructor(engine: Engine, corefile: string, directory: string, ended: () => void) {
    this.#engine = engine;
    this.corefile = corefile;
    this.directory = directory;
    this.port = engine.port;
    this.#client = new Client(engine.port);
    this.#ended = ended;
  }

  reload(corefile?: string): Promise<void> {
    // Port 0 finds the listener that is there, and with it its ephemeral port.
    return this.#engine.reload(corefile?.replaceAll('{port}', '0'));
  }

  ask(name: string, type: string, transport?: 'udp' | 'tcp'): Promise<EngineAnswer> {
    return this.#client.ask(name, type, transport);
  }

  startLoad(input: QueryLoadInput): Promise<QueryLoad> {
    return startLoad(this.port, input);
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.#engine.stop();
    this.#ended();
  }
}
