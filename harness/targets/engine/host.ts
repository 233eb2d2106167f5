import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BUILDS, type BuildName } from '../../engine/builds.ts';
import { type CleanupLabel, DIRECTIVES, Engine, parseCorefile, parseMasterFile } from '../../engine/index.ts';
import type { EngineHost, EngineSession } from '../../scenario.ts';
import { RunningEngine } from './session.ts';
import { zoneText } from './zone-text.ts';

/** Starts engines of one build in one folder and knows which of them still run. */
export class Host implements EngineHost {
  readonly zoneText = zoneText;
  readonly #build: BuildName;
  readonly #directory: string;
  readonly #running = new Set<Engine>();
  /** Omitted labels that no engine so far has registered. */
  #unused: readonly CleanupLabel[];

  constructor(build: string, directory: string) {
    if (!isBuildName(build)) {
      throw new Error(
        `Cannot start an engine as its build must be one of ${Object.keys(BUILDS).join(', ')}: "${build}"`,
      );
    }
    this.#build = build;
    this.#directory = directory;
    this.#unused = BUILDS[build].omits;
  }

  get running(): number {
    return this.#running.size;
  }

  unusedOmissions(): readonly CleanupLabel[] {
    return this.#unused;
  }

  async start(input: Parameters<EngineHost['start']>[0]): Promise<EngineSession> {
    for (const [path, content] of Object.entries(input.files ?? {}))
      write(join(this.#directory, path), content);
    const path = join(this.#directory, 'Corefile');
    const engine = await Engine.start({
      corefile: { path, text: input.corefile.replaceAll('{port}', '0') },
      build: this.#build,
    });
    this.#running.add(engine);
    return new RunningEngine(engine, this.#directory, () => this.#ended(engine));
  }

  parseCorefile(text: string): void {
    const path = join(this.#directory, 'Corefile');
    parseCorefile({ text, path, env: {}, validDirectives: new Set(DIRECTIVES.map(({ name }) => name)) });
  }

  parseZone(text: string, origin: string): void {
    parseMasterFile({ text, origin, path: join(this.#directory, `db.${origin}`) });
  }

  #ended(engine: Engine): void {
    this.#running.delete(engine);
    const unused = engine.policy.unused();
    this.#unused = this.#unused.filter(label => unused.includes(label));
  }
}

function isBuildName(build: string): build is BuildName {
  return Object.hasOwn(BUILDS, build);
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
