import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Fault, Trial, TrialResult } from '../../harness/model.ts';
import { DEFAULT_OPTIONS, STABLE_FLAGS } from '../../harness/options.ts';
import { spawnTrial } from '../../harness/spawn/spawn.ts';
import { plannedStage, windowEnd } from '../../harness/stages.ts';
import type { Message } from '../../harness/worker/protocol.ts';
import { contentOf, isAlive, until } from '../support/processes.ts';
import { trialOf } from '../support/trials.ts';

describe('spawnTrial()', () => {
  test('completes a clean trial with a sample before the first iteration and one after each window', async () => {
    const messages: Message[] = [];
    const trial = trialOf('steady', { iterations: 60 }, 'default', { size: 20 });
    const result = await spawnTrial(trial, { onMessage: message => messages.push(message) });
    expect(result.outcome).toBe('completed');
    expect(result.samples[0]?.iteration).toBe(0);
    expect(result.samples.at(-1)?.iteration).toBe(60);
    expect(result.samples.length).toBeGreaterThanOrEqual(8);
    expect(result.warmup?.iterations).toBe(10);
    expect(result.notes).toEqual({ sum: 70 * 20 });
    expect(result.startup).toBeGreaterThan(0);
    expect(result.wall).toBeGreaterThan(result.startup);
    expect(messages.filter(({ type }) => type === 'sample')).toHaveLength(result.samples.length);
  });

  test('lets a window of slow iterations take longer than the deadline, which is for silence', async () => {
    const trial = trialOf('slow', { iterations: 80, windows: 2, deadline: 3000, snapshots: 'never' });
    const { outcome, samples } = await spawnTrial(trial);
    expect(outcome).toBe('completed');
    const [first, second] = samples.slice(-2).map(({ elapsed }) => elapsed);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(3000);
  });

  test('rejects with what the parent throws while it decides, and ends the process', async () => {
    const decide = () => {
      throw new Error('no idea');
    };
    await expect(spawnTrial(trialOf('steady', { iterations: 60 }), { decide })).rejects.toThrow('no idea');
  });

  test('says so where no process can be started, and nothing of it is left unhandled', async () => {
    const { execPath } = process;
    process.execPath = '/not-there/node';
    try {
      const failing = spawnTrial(trialOf('steady', { iterations: 60 }));
      await expect(failing).rejects.toThrow(/^Cannot start a worker process: .*ENOENT/);
    } finally {
      process.execPath = execPath;
    }
  });

  test('reads every cheap metric in every sample and the costly ones at least twice', async () => {
    const result = await spawnTrial(trialOf('heap-leak'));
    const names = result.metrics.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const costly = ['heap.code', 'population', 'instances.Entry'];
    expect(names).toEqual(expect.arrayContaining(costly));
    for (const { readings } of result.samples) {
      expect(
        Object.keys(readings)
          .filter(name => !costly.includes(name))
          .sort(),
      ).toEqual(names.filter(name => !costly.includes(name)).sort());
    }
    for (const name of costly) expect(readingsOf(result, name).length).toBeGreaterThanOrEqual(2);
    expect(growthOf(result, 'instances.Entry')).toBe(result.samples.at(-1)?.iteration);
  });

  test('finds exactly the timers that a build leaves behind', async () => {
    const options = { iterations: 60 };
    const leaky = await spawnTrial(trialOf('timer-leak', options, 'leaky', { leaks: true }));
    const clean = await spawnTrial(trialOf('timer-leak', options, 'clean', { leaks: false }));
    expect(growthOf(leaky, 'timers')).toBe(60);
    expect(growthOf(clean, 'timers')).toBe(0);
  });

  test('goes on past its deadline while windows end', async () => {
    const result = await spawnTrial(trialOf('slow', { iterations: 60, deadline: 5000 }));
    expect(result.outcome).toBe('completed');
    expect(result.wall).toBeGreaterThan(6000);
  });

  test('finds an unref’d timer every tenth iteration', async () => {
    const result = await spawnTrial(trialOf('rare-timer-leak', { iterations: 200, warmup: 10 }));
    expect(result.samples.at(-1)?.iteration).toBe(203);
    // Iterations 10 to 212: the first ten were warm-up.
    expect(growthOf(result, 'timers')).toBe(21);
  });

  test('waits for finalizers before it counts', async () => {
    const result = await spawnTrial(trialOf('finalizing', { iterations: 100 }, 'default', { entries: 200 }));
    const population = readingsOf(result, 'population');
    expect(Math.max(...population) - Math.min(...population)).toBeLessThan(10);
  });

  test('does not move the heap itself: an empty scenario is flat', async () => {
    const result = await spawnTrial(
      trialOf('steady', { iterations: 1000, warmup: 50, warmupLimit: 500 }, 'default', { size: 0 }),
    );
    expect(result.samples.length).toBeGreaterThanOrEqual(8);
    const heap = result.samples.slice(2).map(({ readings }) => readings['heap.used'] ?? 0);
    expect(Math.abs((heap.at(-1) ?? 0) - (heap[0] ?? 0)) / 1000).toBeLessThan(16);
    expect(
      Math.max(...readingsOf(result, 'population')) - Math.min(...readingsOf(result, 'population')),
    ).toBeLessThanOrEqual(4);
    for (const name of [
      'timers',
      'immediates',
      'listeners',
      'handles.async',
      'handles.pipe',
      'descriptors.file',
    ]) {
      expect(new Set(readingsOf(result, name)), name).toHaveLength(1);
    }
  });

  test('keeps a subject’s output off the terminal and out of the measurement', async () => {
    const result = await spawnTrial(trialOf('chatty'));
    expect(result.outcome).toBe('completed');
    expect(growthOf(result, 'handles.pipe')).toBe(0);
    expect(growthOf(result, 'descriptors.pipe')).toBe(0);
  });
});

test('what the subject sends does not pass for a message of the worker', async () => {
  const result = await spawnTrial(trialOf('sends-messages'));
  expect(result.outcome).toBe('completed');
  expect(result.samples.length).toBeGreaterThan(1);
});

test('neither coverage nor flags of the environment reach the subject', async () => {
  vi.stubEnv('NODE_V8_COVERAGE', join(tmpdir(), 'leakgate-coverage'));
  vi.stubEnv('NODE_OPTIONS', '--no-warnings');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { notes } = await spawnTrial(trialOf('surroundings'));
  expect(notes).toEqual({ coverage: 'none', flags: '' });
});

test('a subject that sets an exit code as it ends has done its work', async () => {
  const { outcome, samples } = await spawnTrial(trialOf('exit-code'));
  expect(outcome).toBe('completed');
  expect(samples.at(-1)?.iteration).toBe(50);
});

test('a subject that removes its folder takes no heap snapshots with it', async () => {
  const { outcome, heapTables } = await spawnTrial(trialOf('removing', { snapshots: 'always' }));
  expect(outcome).toBe('completed');
  expect(heapTables.length).toBeGreaterThan(1);
});

test('figures of a scenario that JSON has not are text', async () => {
  const { notes } = await spawnTrial(trialOf('odd-figures'));
  expect(notes).toEqual({ ratio: 'Infinity', mean: 'NaN', total: '10n', files: 3, state: 'ok' });
});

test('a grandchild that holds the output open does not hold the trial', async () => {
  const result = await spawnTrial(trialOf('orphan'));
  process.kill(Number(result.notes.pid));
  expect(result.outcome).toBe('completed');
});

describe('a fault', () => {
  test('of the scenario has its message, its line and its cause, and no frame of the harness', async () => {
    const { fault, samples } = await faultOf('throwing');
    expect(fault).toMatchObject({ kind: 'scenario-error', message: 'RangeError: iteration 12 went wrong' });
    expect(fault.during).toBe('iteration 2 (12 with warm-up)');
    expect(fault.detail).toMatch(/at fail \(file:.*throwing\.mjs:10:9\)/);
    expect(fault.detail).toMatch(/at Object\.iterate \(file:.*throwing\.mjs:5:/);
    expect(fault.detail).toContain('the disk is full');
    expect(fault.detail).not.toMatch(/harness\/worker|node:internal/);
    expect(samples).toEqual([0, 2]);
  });

  test('at the very end is not taken for success', async () => {
    const { fault } = await faultOf('late-rejection');
    expect(fault).toMatchObject({
      kind: 'scenario-error',
      message: 'Unhandled rejection: Error: nobody awaited this',
    });
  });

  test('is a promise that nobody awaited', async () => {
    const { fault } = await faultOf('rejecting');
    expect(fault).toMatchObject({
      kind: 'scenario-error',
      message: 'Unhandled rejection: TypeError: nobody listens',
    });
    expect(fault.during).toMatch(/^iteration [23] /);
  });

  test('is an abort, with the last lines of output and the samples before it', async () => {
    const { fault, samples } = await faultOf('abort', { iterations: 200 });
    expect(fault.kind).toBe('crashed');
    expect(fault.message).toBe('The process ended before its work was done: killed by SIGABRT');
    expect(fault.detail).toContain('about to abort');
    const ends = Array.from({ length: 9 }, (_, window) =>
      windowEnd(plannedStage({ ...DEFAULT_OPTIONS, iterations: 200 }), window),
    );
    expect(fault.during).toBe(`iterations ${ends[7]} to ${(ends[8] ?? 0) - 1}`);
    expect(samples).toEqual(ends.slice(0, 8));
  });

  test('is an exit with the code of success', async () => {
    const { fault, samples } = await faultOf('exit');
    expect(fault).toEqual({
      kind: 'crashed',
      message: 'The process ended before its work was done: process.exit() was called, exit code 0',
      detail: expect.stringMatching(/^ {4}at Object\.setup \(file:.*exit\.mjs:7:13\)$/),
      printed: 'leaving',
      during: 'setup',
    });
    expect(samples).toEqual([]);
  });

  test('is an exit in the first iteration, which belongs to the warm-up', async () => {
    const { fault } = await faultOf('exit-first');
    expect(fault).toMatchObject({ kind: 'crashed', during: 'iteration 0 of the warm-up' });
    expect(fault.message).toContain('process.exit() was called, exit code 3');
  });

  test('is an error in a hook, after which Node itself exits', async () => {
    const { fault } = await faultOf('hook-error');
    expect(fault.message).toBe('The process ended before its work was done: exit code 1');
    expect(fault.detail).toContain('Error: the hook gave up');
  });

  test('is an exit with all its listeners gone, and to go on without them', async () => {
    const { fault: exit } = await faultOf('deaf', {}, { exits: true });
    expect(exit).toMatchObject({ kind: 'crashed', during: 'iteration 2 (12 with warm-up)' });
    expect(exit.detail).toContain('deaf.mjs:6:');
    const { fault } = await faultOf('deaf', {}, { exits: false });
    expect(fault.kind).toBe('scenario-error');
    expect(fault.message).toContain('the scenario removed them all, perhaps by process.removeAllListeners()');
  });

  test('is an endless loop, ended when nothing was heard for as long as the deadline', async () => {
    const { fault, samples } = await faultOf('endless', { deadline: 5000 });
    const message = 'No sign of life for 5 s: ended by force during iterations 2 to 3';
    expect(fault).toMatchObject({ kind: 'hung', message, during: 'iterations 2 to 3' });
    expect(samples).toEqual([0, 2]);
  });

  test('is an endless loop of the warm-up, among these iterations', async () => {
    const { fault } = await faultOf('endless-warm-up', { deadline: 3000 });
    expect(fault).toMatchObject({ kind: 'hung', during: 'iterations 5 to 9 of the warm-up' });
  });

  test('is an endless wait, which tells where; the subject hears of its end', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'leakgate-test-')), 'told');
    process.env.LEAKGATE_TEST_FILE = file;
    const { fault } = await faultOf('waiting', { deadline: 2500 });
    delete process.env.LEAKGATE_TEST_FILE;
    const directory = readFileSync(file, 'utf8');
    rmSync(join(file, '..'), { recursive: true });
    expect(fault.kind).toBe('hung');
    expect(fault.during).toBe('iteration 2 (12 with warm-up)');
    expect(directory).toContain(join(tmpdir(), 'leakgate-'));
    expect(existsSync(directory)).toBe(false);
  });

  test('is a heap that is full', async () => {
    const nodeFlags = [...STABLE_FLAGS, '--max-old-space-size=30'];
    const { fault } = await faultOf('out-of-memory', { nodeFlags });
    expect(fault).toMatchObject({ kind: 'out-of-memory', message: 'V8 ran out of heap' });
    expect(fault.detail).toContain('heap');
  });
});

describe('a signal', () => {
  test('ends the trial at once, which keeps what was measured', async () => {
    const controller = new AbortController();
    const onMessage = ({ type }: Message) => type === 'sample' && controller.abort(new Error('enough'));
    const result = await spawnTrial(trialOf('waiting'), { signal: controller.signal, onMessage });
    expect(result).toMatchObject({
      outcome: 'faulted',
      fault: { kind: 'interrupted', message: expect.stringMatching(/^Interrupted during /) },
    });
    expect(result.samples.length).toBeGreaterThan(0);
  });

  test('that comes a moment after the same Ctrl-C has ended the process is what ended it', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'leakgate-test-')), 'pid');
    onTestFinished(() => {
      delete process.env.LEAKGATE_TEST_FILE;
      rmSync(join(file, '..'), { recursive: true });
    });
    process.env.LEAKGATE_TEST_FILE = file;
    const controller = new AbortController();
    const running = spawnTrial(trialOf('sigint'), { signal: controller.signal });
    const worker = Number(await until(() => contentOf(file)));
    await until(() => !isAlive(worker));
    controller.abort(new Error('enough'));
    expect(await running).toMatchObject({ outcome: 'faulted', fault: { kind: 'interrupted' } });
  });

  test('that is already aborted starts nothing', async () => {
    const messages: Message[] = [];
    const signal = AbortSignal.abort(new Error('too late'));
    const trial = spawnTrial(trialOf('steady'), { signal, onMessage: message => messages.push(message) });
    await expect(trial).rejects.toThrow('too late');
    expect(messages).toEqual([]);
  });
});

async function faultOf(
  scenario: string,
  options: Parameters<typeof trialOf>[1] = {},
  parameters: Trial['parameters'] = {},
): Promise<{ fault: Fault; samples: number[] }> {
  const result = await spawnTrial(trialOf(scenario, options, 'default', parameters));
  if (result.outcome !== 'faulted') throw new Error(`${scenario} did not fail`);
  return { fault: result.fault, samples: result.samples.map(({ iteration }) => iteration) };
}

function readingsOf({ samples }: TrialResult, metric: string): number[] {
  return samples.flatMap(({ readings }) => readings[metric] ?? []);
}

function growthOf(result: TrialResult, metric: string): number {
  const readings = readingsOf(result, metric);
  return (readings.at(-1) ?? Number.NaN) - (readings[0] ?? Number.NaN);
}
