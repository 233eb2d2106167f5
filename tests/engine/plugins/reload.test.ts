import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineView } from '../../../harness/engine/plugin.ts';
import { noEngine, setUp } from '../support.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** An engine whose Corefile changes at will. */
class FakeEngine implements EngineView {
  readonly runningHash = 'one';
  readHash = vi.fn(() => 'one');
  requestReload = vi.fn(() => Promise.resolve());
  draw = 0.5;
  random = () => this.draw;
}

async function start(lines: string, engine: EngineView) {
  const loaded = await setUp(`. {\n${lines}\n}`, { engine });
  await loaded.hooks.run('startup');
  expect(vi.getTimerCount()).toBe(0);
  await loaded.hooks.run('started');
  return loaded;
}

/** When the Corefile is read for the first time, in milliseconds from the start. */
async function firstLook(lines: string, draw: number): Promise<number> {
  const engine = new FakeEngine();
  engine.draw = draw;
  await start(lines, engine);
  const begun = Date.now();
  vi.advanceTimersToNextTimer();
  expect(engine.readHash).toHaveBeenCalledTimes(1);
  return Date.now() - begun;
}

describe('the period', () => {
  test.each([
    ['reload', 0, 22_500],
    ['reload', 0.5, 30_000],
    ['reload', 0.999_999, 37_499],
    ['reload 10s', 0, 7_500],
    ['reload 10s 2s', 0, 9_000],
    ['reload 2s 1s', 0.999_999, 2_499],
    ['reload 2s 0s', 0, 2_000],
    ['reload 4s 1h', 0, 3_000],
    ['reload 10s 0\nreload 20s 0', 0, 10_000],
  ])('of `%s` with a draw of %d is %d ms', async (lines, draw, period) => {
    expect(await firstLook(lines, draw)).toBe(period);
  });

  test.each([
    ['reload foo', /^plugin\/reload: .*:2 - Error during parsing: Cannot parse duration/],
    ['reload 10s foo', /Cannot parse duration/],
    ['reload 10s 2s 1s', /Wrong argument count/],
    ['reload 1s', /interval value must be greater or equal to 2s/],
    ['reload 0s', /interval value must be greater or equal to 2s/],
    ['reload 3s 0.5s', /jitter value must be 0 or greater or equal to 1s/],
    ['reload 10s {\n}', /Unexpected '\{'/],
  ])('`%s` is refused', async (lines, message) => {
    await expect(setUp(`. {\n${lines}\n}`)).rejects.toThrow(message);
  });
});

describe('the watcher', () => {
  test('tells the running hash when it starts', async () => {
    const { lines } = await start('reload', noEngine);
    expect(lines).toEqual(['info plugin/reload: Running configuration SHA512 = hash']);
  });

  test('asks for nothing while the hash stays', async () => {
    const engine = new FakeEngine();
    await start('reload 2s 0', engine);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(engine.readHash).toHaveBeenCalledTimes(10);
    expect(engine.requestReload).not.toHaveBeenCalled();
  });

  test('asks for one reload per change, also when the reload fails, and takes the old content for a change too', async () => {
    const engine = new FakeEngine();
    const { lines } = await start('reload 2s 0', engine);
    engine.requestReload.mockRejectedValue(new Error('no such zone'));
    engine.readHash.mockReturnValue('two');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(engine.requestReload).toHaveBeenCalledTimes(1);
    engine.readHash.mockReturnValue('one');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(engine.requestReload).toHaveBeenCalledTimes(2);
    const failure = 'error plugin/reload: Corefile changed but reload failed: no such zone';
    expect(lines.slice(1)).toEqual([failure, failure]);
  });

  test('warns of a Corefile that cannot be parsed at every look, and keeps what it knew', async () => {
    const engine = new FakeEngine();
    const { lines } = await start('reload 2s 0', engine);
    engine.readHash.mockImplementation(() => {
      throw new Error('x:1 - Syntax error');
    });
    await vi.advanceTimersByTimeAsync(4000);
    engine.readHash.mockReturnValue('one');
    await vi.advanceTimersByTimeAsync(4000);
    const warning = 'warning plugin/reload: Corefile parse failed: x:1 - Syntax error';
    expect(lines.slice(1)).toEqual([warning, warning]);
    expect(engine.requestReload).not.toHaveBeenCalled();
  });

  test('says nothing of a Corefile that cannot be read', async () => {
    const engine = new FakeEngine();
    const { lines } = await start('reload 2s 0', engine);
    engine.readHash.mockImplementation(() => {
      throw Object.assign(new Error('gone'), { code: 'ENOENT' });
    });
    await vi.advanceTimersByTimeAsync(4000);
    expect(lines).toHaveLength(1);
    expect(engine.requestReload).not.toHaveBeenCalled();
  });

  test('ends with its instance', async () => {
    const engine = new FakeEngine();
    const { scope } = await start('reload 2s 0', engine);
    await scope.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
