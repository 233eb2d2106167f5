import { join } from 'node:path';
import { queryObjects } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { BUILDS, type BuildName } from '../../harness/engine/builds.ts';
import { DIRECTIVES } from '../../harness/engine/directives.ts';
import type { Engine } from '../../harness/engine/engine.ts';
import { Instance } from '../../harness/engine/instance.ts';
import type { Directive } from '../../harness/engine/plugin.ts';
import { Zone } from '../../harness/engine/zone/zone.ts';
import { folderWith, startEngine, timers, zoneText } from './support.ts';

const Z = 3;
const N = 10;

/** Fails a start at the last moment: after everything before it was started. */
const failing: Directive = {
  name: 'failing',
  setup: ({ onStartup }) =>
    onStartup(() => {
      throw new Error('fails after startup');
    }),
};
const COREFILE = '.:0 {\n auto {\n  directory zones\n }\n}\n';

async function start(build: BuildName): Promise<Engine> {
  const zones = Array.from({ length: Z }, (_, index) => [`zones/db.zone${index}.org`, zoneText()] as const);
  const folder = folderWith(Object.fromEntries(zones));
  const directives = [...DIRECTIVES, failing];
  return startEngine({ corefile: { path: join(folder, 'Corefile'), text: COREFILE }, build, directives });
}

/** What is alive, of the engine's making. */
async function census() {
  // What is on its way keeps its generation for a moment.
  await new Promise(resolve => setImmediate(resolve));
  return { timers: timers.size, zones: count(Zone), instances: count(Instance) };
}

/** Counting collects garbage first. */
function count(type: typeof Zone | typeof Instance): number {
  return Number(queryObjects(type, { format: 'count' }));
}

describe('after N reloads with Z zones', () => {
  test('the fixed build has what it started with', async () => {
    const empty = await census();
    const engine = await start('fixed');
    for (let reload = 0; reload < N; reload++) await engine.reload();
    expect(await census()).toEqual({
      timers: empty.timers + 1 + Z,
      zones: empty.zones + Z,
      instances: empty.instances + 1,
    });
    await engine.stop();
    expect(await census()).toMatchObject({ timers: empty.timers });
  });

  test('the upstream build has what it started with', async () => {
    const empty = await census();
    const engine = await start('upstream');
    for (let reload = 0; reload < N; reload++) await engine.reload();
    expect(await census()).toMatchObject({ timers: empty.timers + 1 + Z, zones: empty.zones + Z });
  });

  test('the leaky build has N x Z zones and zone timers more, and nothing else', async () => {
    const empty = await census();
    const engine = await start('leaky');
    for (let reload = 0; reload < N; reload++) await engine.reload();
    expect(await census()).toEqual({
      timers: empty.timers + 1 + Z + N * Z,
      zones: empty.zones + Z + N * Z,
      instances: empty.instances + 1,
    });
  });
});

describe('after N reloads that fail once everything was started', () => {
  async function failAgainAndAgain(build: BuildName) {
    const engine = await start(build);
    const before = await census();
    const text = COREFILE.replace('auto', 'failing\n auto');
    // Not by `expect().rejects`, which keeps the errors, whose stacks keep what they went through.
    for (let reload = 0; reload < N; reload++) await engine.reload(text).catch(() => {});
    expect(engine.failedReloads).toBe(N);
    const after = await census();
    return { timers: after.timers - before.timers, zones: after.zones - before.zones };
  }

  test('the fixed build has what it started with', async () => {
    expect(await failAgainAndAgain('fixed')).toEqual({ timers: 0, zones: 0 });
  });

  test('the upstream build keeps what each of them had started: Z zones with their timers, and the walk', async () => {
    expect(await failAgainAndAgain('upstream')).toEqual({ timers: N * (Z + 1), zones: N * Z });
  });
});

describe('a build', () => {
  test('omits only what an engine with auto registers', async () => {
    for (const build of Object.keys(BUILDS) as BuildName[]) {
      const engine = await start(build);
      expect(engine.policy.unused()).toEqual([]);
    }
  });

  test('that omits a cleanup nothing registers says so', async () => {
    const engine = await startEngine({
      corefile: { path: '/nowhere', text: '.:0 {\nwhoami\n}\n' },
      build: 'leaky',
    });
    expect(engine.policy.unused()).toEqual(['auto:zones']);
  });

  test('still lets a walk remove a zone for good', async () => {
    expect(BUILDS.leaky.omits).not.toContain('zone:reload');
    expect(BUILDS.upstream.omits).not.toContain('zone:reload');
  });
});
