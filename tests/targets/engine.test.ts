import { describe, expect, test } from 'vitest';
import type { EngineContext } from '../../harness/scenario.ts';
import { loadTarget, OmittedLabelUnused } from '../../harness/targets/index.ts';
import { folderWith } from '../engine/support.ts';
import { trialOf } from '../support/trials.ts';

const WITHOUT_AUTO = '.:{port} {\n  whoami\n}\n';

/** A trial of this build, opened: the engines its scenario may start, and the target's own end. */
async function open(build: string) {
  const target = await loadTarget('engine');
  const { signal } = new AbortController();
  const base = { build, parameters: {}, iterations: 7, seed: 1, signal, directory: folderWith() };
  const opened = await target.open(trialOf('steady', {}, build), base);
  const { engine } = opened.context as EngineContext;
  return { engine, watch: opened.watch, finish: () => opened.finish() };
}

describe('the engine target', () => {
  test('has the builds of the engine and takes no others', async () => {
    const target = await loadTarget('engine');
    expect(target.builds()).toEqual({ fixed: {}, leaky: {}, upstream: {} });
    expect(target.acceptsOwnBuilds).toBe(false);
  });

  test('counts zones and instances', async () => {
    expect((await open('fixed')).watch.map(({ name }) => name)).toEqual(['Zone', 'Instance']);
  });

  test.each(['fixed', 'leaky', 'upstream'])(
    'has nothing to say of %s once auto ran and stopped',
    async build => {
      const { engine, finish } = await open(build);
      const session = await engine.startZones({ zones: 1, records: 1 });
      await session.stop();
      expect(finish()).toBeUndefined();
    },
  );

  test('does not trust a build whose omitted cleanup was never registered', async () => {
    const { engine, finish } = await open('leaky');
    await (await engine.start({ corefile: WITHOUT_AUTO })).stop();
    expect(finish).toThrow(OmittedLabelUnused);
    expect(finish).toThrow(
      'Cannot trust build "leaky" as every cleanup it omits must have been registered: auto:zones never was',
    );
  });

  test('trusts it once any of its engines has registered it', async () => {
    const { engine, finish } = await open('leaky');
    await (await engine.start({ corefile: WITHOUT_AUTO })).stop();
    await (await engine.startZones({ zones: 1, records: 1 })).stop();
    await (await engine.start({ corefile: WITHOUT_AUTO })).stop();
    expect(finish()).toBeUndefined();
  });

  test('wants every engine stopped, before it looks at the build', async () => {
    const { engine, finish } = await open('leaky');
    const session = await engine.start({ corefile: WITHOUT_AUTO });
    expect(finish).toThrow('Cannot end the trial as its scenario must stop every engine: 1 still run');
    await session.stop();
    expect(finish).toThrow(OmittedLabelUnused);
  });
});
