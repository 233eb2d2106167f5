import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { STABLE_FLAGS } from '../../harness/options.ts';
import type { Unavailable } from '../../harness/probes/index.ts';

const CHILD = fileURLToPath(new URL('../support/resources.mjs', import.meta.url));
const ON_LINUX = process.platform === 'linux';

/**
 * Kind of resource to what ten of them must move by at least, beside the population. Most of these are unknown to
 * `process.getActiveResourcesInfo()`. Where a kind moves nothing but objects, the population alone has to see it.
 */
const TABLE: { readonly [kind: string]: { readonly [metric: string]: number } } = {
  'setTimeout (ref)': { timers: 10 },
  'setTimeout().unref()': { timers: 10 },
  'setInterval (ref)': { timers: 10 },
  'setInterval().unref()': { timers: 10 },
  'AbortSignal.timeout()': { timers: 10 },
  'timers/promises {ref:false}': { timers: 10 },
  'immediate that re-arms itself': { immediates: 10 },
  'dgram socket bound': { 'handles.udp': 10, 'descriptors.socket': 10 },
  'dgram socket bound + unref': { 'handles.udp': 10, 'descriptors.socket': 10 },
  'dgram socket created, not bound': { 'handles.udp': 10 },
  'net server listening': { 'handles.tcp': 10, 'descriptors.socket': 10 },
  'net server + unref': { 'handles.tcp': 10, 'descriptors.socket': 10 },
  'net connection + unref': { 'handles.tcp': 20, 'descriptors.socket': 20 },
  'fs.watch': { 'handles.fs_event': 10 },
  'fs.watch persistent:false': { 'handles.fs_event': 10 },
  'fs.watchFile': { 'handles.fs_poll': 10 },
  'fs.promises.open FileHandle': { 'descriptors.file': 10, population: 10 },
  'fs.openSync': { 'descriptors.file': 10 },
  'new dns.Resolver()': { population: 20 },
  'zlib.createGzip()': { population: 100 },
  'MessageChannel, no listener': { 'handles.async': 20 },
  'Worker idle': { workers: 10, 'handles.async': 30 },
  'Worker + unref': { workers: 10, 'handles.async': 30 },
  'child_process.spawn': { 'handles.process': 10, 'handles.pipe': 30 },
  'http keep-alive idle socket': { 'handles.tcp': 20, 'descriptors.socket': 20 },
  'EventEmitter +100 listeners': { population: 1010 },
  'process.on(SIGHUP)': { listeners: 10 },
  'process.on(message)': { listeners: 10 },
  'never-settled Promise': { population: 10 },
  BroadcastChannel: { 'handles.async': 10 },
  'vm context': { 'contexts.native': 10 },
};

interface Outcome {
  /** Kind to every exact metric that moved, and by how much. */
  readonly moved: { readonly [kind: string]: { readonly [metric: string]: number } };
  readonly unavailable: readonly Unavailable[];
}

describe('the table of active resources', () => {
  let outcome: Outcome;

  beforeAll(async () => {
    outcome = await measureResources();
  }, 120_000);

  test('covers every kind that is measured', () => {
    expect(Object.keys(outcome.moved).sort()).toEqual(['nothing', ...Object.keys(TABLE)].sort());
  });

  test('needs every probe of this machine', () => {
    expect(outcome.unavailable.map(({ name }) => name)).toEqual(ON_LINUX ? [] : ['descriptors']);
  });

  test('nothing moves nothing', () => {
    expect(outcome.moved.nothing).toEqual({});
  });

  test.each(Object.entries(TABLE))('ten of "%s" are seen', (kind, expected) => {
    const moved = outcome.moved[kind] ?? {};
    for (const [metric, change] of Object.entries(expected)) {
      if (metric.startsWith('descriptors.') && !ON_LINUX) continue;
      if (metric === 'population') expect(moved.population, metric).toBeGreaterThanOrEqual(change);
      else expect(moved[metric], metric).toBe(change);
    }
  });
});

/** The child's last act is to kill itself, because some of what it holds would keep it alive. */
async function measureResources(): Promise<Outcome> {
  const flags = ['--expose-gc', '--expose-internals', '--no-warnings', ...STABLE_FLAGS];
  const run = promisify(execFile)(process.execPath, [...flags, CHILD], { env: {} });
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  if (stdout === '') throw new Error(`The child gave no result: ${stderr}`);
  return JSON.parse(stdout) as Outcome;
}
