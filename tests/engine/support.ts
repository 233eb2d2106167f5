/**
 * What the tests of the engine share: folders, zone files, a log that remembers, and a block set up without
 * an engine.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { Block } from '../../harness/engine/block.ts';
import { inspectKeys } from '../../harness/engine/corefile/keys.ts';
import { parseCorefile } from '../../harness/engine/corefile/parser.ts';
import { DIRECTIVES } from '../../harness/engine/directives.ts';
import { Engine, type EngineOptions } from '../../harness/engine/engine.ts';
import { Hooks } from '../../harness/engine/hooks.ts';
import type { Log } from '../../harness/engine/log.ts';
import type { Directive, EngineView, Handler, Query, Reply } from '../../harness/engine/plugin.ts';
import { Scope } from '../../harness/engine/scope.ts';
import { formatData } from '../../harness/engine/zone/presentation.ts';

/** A folder with these files in it, removed after the test. */
export function folderWith(files: { readonly [path: string]: string } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'leakgate-engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) write(join(folder, path), text);
  return folder;
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A small zone: SOA, NS and `a.ORIGIN`. */
export function zoneText(serial = 1, address = '192.0.2.1', extra = ''): string {
  return `$TTL 300\n@ IN SOA ns root ${serial} 3600 600 86400 60\n@ IN NS ns\nns IN A 192.0.2.53\na IN A ${address}\n${extra}\n`;
}

export interface Recorder {
  readonly log: Log;
  /** `level message` */
  readonly lines: string[];
}

export function recorder(): Recorder {
  const lines: string[] = [];
  return { lines, log: (level, message) => void lines.push(`${level} ${message}`) };
}

export function query(name: string, type = 'A', rest: Partial<Query> = {}): Query {
  const client = { address: '192.0.2.99', port: 4321 };
  return { name, type, class: 'IN', dnssecOk: false, transport: 'udp', client, port: 53, ...rest };
}

/** A reply in one line: code, answers, and how many records the other sections have. */
export function summary({ rcode, answers, authorities, additionals }: Reply): string {
  const records = answers.map(record => `${record.name} ${record.type} ${formatData(record)}`);
  return [rcode, ...records, `+${authorities.length}+${additionals.length}`].join('; ');
}

export interface Loaded extends Recorder {
  readonly block: Block;
  readonly handler: Handler;
  readonly hooks: Hooks;
  readonly scope: Scope;
}

/** Sets up the first block of a Corefile; its scope is closed after the test. */
export async function setUp(
  corefile: string,
  { folder = '/nowhere', engine = noEngine, directives = DIRECTIVES }: SetUpOptions = {},
): Promise<Loaded> {
  const recording = recorder();
  const [hooks, scope] = [new Hooks(), new Scope()];
  onTestFinished(() => scope.close());
  const path = join(folder, 'Corefile');
  const context = { corefilePath: path, hooks, scope, engine, log: recording.log };
  const [inspected] = inspectKeys(parseCorefile({ text: corefile, path, env: {} }), { defaultPort: 53 });
  const block = new Block(inspected!, context);
  for (const directive of directives) await block.setUp(directive);
  return { ...recording, block, hooks, scope, handler: block.chain() ?? silentEnd };
}

interface SetUpOptions {
  readonly folder?: string;
  readonly engine?: EngineView;
  readonly directives?: readonly Directive[];
}

const silentEnd: Handler = {
  name: 'none',
  serve() {
    throw new Error('the chain is empty');
  },
};

export const noEngine: EngineView = {
  readHash: () => 'hash',
  runningHash: 'hash',
  requestReload: () => Promise.resolve(),
  random: () => 0.5,
};

/** An engine that is stopped after the test, whatever becomes of it. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const engine = await Engine.start({ graceMs: 100, ...options });
  onTestFinished(() => engine.stop().catch(() => {}));
  return engine;
}

/** Timers that run, whoever started them; the test runner's own are not among them. */
export const timers: ReadonlySet<unknown> = trackTimers();

/** Sockets, connections and timers, once what is being closed is closed, which takes the loop some turns. */
export async function openHandles(): Promise<{ readonly [kind: string]: number }> {
  for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve));
  const resources = process.getActiveResourcesInfo();
  const count = (kind: string) => resources.filter(one => one === kind).length;
  return {
    udp: count('UDPWrap'),
    tcp: count('TCPServerWrap'),
    connections: count('TCPSocketWrap'),
    timers: timers.size,
  };
}

function trackTimers(): ReadonlySet<unknown> {
  const running = new Set<unknown>();
  const original = { setInterval, setTimeout, clearInterval, clearTimeout };
  vi.stubGlobal('setInterval', (tick: () => void, period: number) => {
    const timer = original.setInterval(tick, period);
    running.add(timer);
    return timer;
  });
  vi.stubGlobal('setTimeout', (run: () => void, delay: number) => {
    const timer = original.setTimeout(() => {
      running.delete(timer);
      run();
    }, delay);
    running.add(timer);
    return timer;
  });
  for (const name of ['clearInterval', 'clearTimeout'] as const) {
    vi.stubGlobal(name, (timer: NodeJS.Timeout | undefined) => {
      running.delete(timer);
      original[name](timer);
    });
  }
  return running;
}
