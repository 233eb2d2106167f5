import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BUILDS, type BuildName } from '../../engine/builds.ts';
import {
  type CleanupLabel,
  CorefileError,
  DIRECTIVES,
  Engine,
  parseCorefile,
  parseMasterFile,
  ZoneFileError,
} from '../../engine/index.ts';
import type { EngineHost, EngineSession } from '../../scenario.ts';
import { RunningEngine } from './session.ts';
import { addressOf, zoneText } from './zone-text.ts';

/** Every file in `zones` is a zone. */
const ZONES_COREFILE = '.:{port} {\n  auto {\n    directory zones\n  }\n}\n';

/** Starts engines of one build in one folder and knows which of them still run. */
export class Host implements EngineHost {
  readonly zoneText = zoneText;
  readonly addressOf = addressOf;
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
    const { corefile } = input;
    return new RunningEngine(engine, corefile, this.#directory, () => this.#ended(engine));
  }

  startZones({ zones, records }: Parameters<EngineHost['startZones']>[0]): Promise<EngineSession> {
    checkSize('zones', zones);
    checkSize('records', records);
    const files: { [path: string]: string } = {};
    for (let zone = 0; zone < zones; zone++) {
      const origin = `zone${zone}.example`;
      files[`zones/db.${origin}`] = zoneText({ origin, records });
    }
    return this.start({ corefile: ZONES_COREFILE, files });
  }

  parseCorefile(text: string): Error | undefined {
    const path = join(this.#directory, 'Corefile');
    const validDirectives = new Set(DIRECTIVES.map(({ name }) => name));
    return refusal(CorefileError, () => parseCorefile({ text, path, env: {}, validDirectives }));
  }

  parseZone(text: string, origin: string): Error | undefined {
    const path = join(this.#directory, `db.${origin}`);
    return refusal(ZoneFileError, () => parseMasterFile({ text, origin, path }));
  }

  #ended(engine: Engine): void {
    this.#running.delete(engine);
    const unused = engine.policy.unused();
    this.#unused = this.#unused.filter(label => unused.includes(label));
  }
}

/** The parser's own error; any other is a fault of the parser, and is thrown. */
function refusal(
  expected: typeof CorefileError | typeof ZoneFileError,
  parse: () => void,
): Error | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (error instanceof expected) return error;
    throw error;
  }
}

function isBuildName(build: string): build is BuildName {
  return Object.hasOwn(BUILDS, build);
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function checkSize(name: string, size: number): void {
  if (Number.isSafeInteger(size) && size >= 1) return;
  throw new RangeError(`Cannot start zones as ${name} must be a whole number >= 1: current value is ${size}`);
}
