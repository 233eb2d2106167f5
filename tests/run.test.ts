import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { RunEvent, Trial, TrialOptions, TrialResult } from '../harness/model.ts';
import { run } from '../harness/run.ts';
import { trialOf } from './support/trials.ts';

describe('run()', () => {
  test('tells everything of a trial in order, between the plan and the end', async () => {
    const trial = trialOf('steady', { iterations: 14 });
    const events = await collected([trial], 1);
    const types = events.map(({ type }) => type);
    expect(types.slice(0, 4)).toEqual(['plan', 'trial:start', 'metrics', 'warmup']);
    expect(types.slice(4, -2).every(type => type === 'sample')).toBe(true);
    expect(types.slice(-2)).toEqual(['trial:end', 'end']);
    const samples = events.flatMap(event => (event.type === 'sample' ? [event.sample] : []));
    const end = events.find(event => event.type === 'trial:end');
    expect(end?.result.samples).toEqual(samples);
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  test('runs as many trials at once as it may, and starts them in order', async () => {
    const trials = [1, 2, 3, 4].map(nth => named(`t${nth}`, { iterations: 14 }));
    const events = await collected(trials, 2);
    expect(mostAtOnce(events)).toBe(2);
    expect(started(events)).toEqual(['t1', 't2', 't3', 't4']);
  });

  test('runs an exclusive trial alone', async () => {
    const exclusive = { iterations: 14, exclusive: true };
    const trials = [named('a', { iterations: 14 }), named('b', exclusive), named('c', { iterations: 14 })];
    const marks = (await collected(trials, 3)).flatMap(event =>
      event.type === 'trial:start' || event.type === 'trial:end' ? [`${event.type} ${event.trial}`] : [],
    );
    expect(marks).toEqual([
      'trial:start a',
      'trial:end a',
      'trial:start b',
      'trial:end b',
      'trial:start c',
      'trial:end c',
    ]);
  });

  test('keeps the place of a trial until what follows it is done', async () => {
    const trials = ['a', 'b'].map(id => named(id, { iterations: 14 }));
    const marks: string[] = [];
    const afterTrial = async ({ trial }: TrialResult) => {
      marks.push(`after ${trial.id}`);
      await new Promise(resolve => setTimeout(resolve, 50));
      marks.push(`done ${trial.id}`);
    };
    for await (const event of run(trials, { jobs: 1, afterTrial })) {
      if (event.type === 'trial:start') marks.push(`start ${event.trial}`);
      if (event.type === 'end') marks.push('end');
    }
    expect(marks).toEqual(['start a', 'after a', 'done a', 'start b', 'after b', 'done b', 'end']);
  });

  test('ends what follows a trial when it is aborted, and starts no other', async () => {
    const controller = new AbortController();
    const trials = ['a', 'b'].map(id => named(id, { iterations: 14 }));
    const events: RunEvent[] = [];
    const afterTrial = (_: TrialResult, signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        controller.abort();
      });
    for await (const event of run(trials, { jobs: 1, afterTrial, signal: controller.signal }))
      events.push(event);
    expect(started(events)).toEqual(['a']);
    expect(events.at(-1)?.type).toBe('end');
  });

  test('fails with what goes wrong after a trial, and ends the others', async () => {
    const trials = [named('a', { iterations: 14 }), named('b', {}, 'waiting')];
    const afterTrial = () => Promise.reject(new Error('no space left'));
    const all = async () => {
      for await (const _ of run(trials, { jobs: 2, afterTrial }));
    };
    await expect(all()).rejects.toThrow('no space left');
  });

  test('goes on after a fault', async () => {
    const events = await collected([trialOf('throwing'), trialOf('steady', { iterations: 14 })], 1);
    const outcomes = events.flatMap(event => (event.type === 'trial:end' ? [event.result.outcome] : []));
    expect(outcomes).toEqual(['faulted', 'completed']);
  });

  test('ends its trials when it is aborted, and says the end', async () => {
    const controller = new AbortController();
    const events: RunEvent[] = [];
    const trials = [named('a', {}, 'waiting'), named('b', {}, 'waiting'), named('c', {}, 'waiting')];
    for await (const event of run(trials, { jobs: 2, signal: controller.signal })) {
      events.push(event);
      if (event.type === 'sample') controller.abort();
    }
    expect(started(events)).toEqual(['a', 'b']);
    const ends = events.flatMap(event => (event.type === 'trial:end' ? [event.result] : []));
    expect(ends.map(({ trial }) => trial.id)).toEqual(expect.arrayContaining(['a', 'b']));
    expect(ends).toMatchObject([{ fault: { kind: 'interrupted' } }, { fault: { kind: 'interrupted' } }]);
    expect(events.at(-1)?.type).toBe('end');
    expect(controller.signal.aborted).toBe(true);
  });

  test('ends its trials when nobody listens any more, and leaves no folder behind', async () => {
    for await (const event of run([trialOf('waiting')], { jobs: 1 })) {
      if (event.type === 'sample') break;
    }
    expect(readdirSync(tmpdir()).filter(name => name.startsWith(`leakgate-${process.pid}-`))).toEqual([]);
  });
});

async function collected(trials: readonly Trial[], jobs: number): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run(trials, { jobs })) events.push(event);
  return events;
}

function named(id: string, options: Partial<TrialOptions>, scenario = 'steady'): Trial {
  return { ...trialOf(scenario, options), id };
}

function started(events: readonly RunEvent[]): string[] {
  return events.flatMap(event => (event.type === 'trial:start' ? [event.trial] : []));
}

function mostAtOnce(events: readonly RunEvent[]): number {
  let now = 0;
  let most = 0;
  for (const { type } of events) {
    if (type === 'trial:start') now++;
    if (type === 'trial:end') now--;
    most = Math.max(most, now);
  }
  return most;
}
