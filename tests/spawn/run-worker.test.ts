import { describe, expect, test } from 'vitest';
import type { Trial } from '../../harness/model.ts';
import { withFolder } from '../../harness/spawn/folder.ts';
import { runWorker, type WorkerExit } from '../../harness/spawn/run-worker.ts';
import type { Message, Order } from '../../harness/worker/protocol.ts';
import { trialOf } from '../support/trials.ts';

type OnMessage = (message: Message, reply: (next: Order) => void) => void;

describe('the silence of a worker', () => {
  test('does not count while it waits for an answer', async () => {
    const trial = trialOf('steady', { iterations: 60, deadline: 4000 });
    let samples = 0;
    const exit = await run(trial, (message, reply) => {
      if (message.type === 'rehearsal') reply(GO_ON);
      if (message.type !== 'sample') return;
      samples++;
      const next = message.sample.iteration >= 60 ? STOP : GO_ON;
      setTimeout(() => reply(next), samples === 1 ? 1.5 * trial.options.deadline : 0);
    });
    expect(exit.fault).toBeUndefined();
    expect(samples).toBeGreaterThan(2);
  });

  test('is not waited for once it has ended, though an answer comes late', async () => {
    const abortion = new AbortController();
    const late: ((next: Order) => void)[] = [];
    const ended = run(
      trialOf('steady', { iterations: 60 }),
      (message, reply) => {
        if (message.type === 'rehearsal') reply(GO_ON);
        if (message.type !== 'sample') return;
        late.push(reply);
        abortion.abort(new Error('enough'));
      },
      abortion.signal,
    );
    await expect(ended).rejects.toThrow('enough');
    const before = timers();
    for (const reply of late) reply(GO_ON);
    expect(late).toHaveLength(1);
    expect(timers()).toBe(before);
  });
});

const GO_ON: Order = { type: 'next', next: { do: 'go-on' } };
const STOP: Order = { type: 'next', next: { do: 'stop' } };

function run(trial: Trial, onMessage: OnMessage, signal?: AbortSignal): Promise<WorkerExit> {
  const { nodeFlags, deadline } = trial.options;
  return withFolder(directory =>
    runWorker({
      order: { type: 'measure', trial, directory },
      nodeFlags,
      deadline,
      onMessage,
      ...(signal && { signal }),
    }),
  );
}

function timers(): number {
  return process.getActiveResourcesInfo().filter(kind => kind === 'Timeout').length;
}
