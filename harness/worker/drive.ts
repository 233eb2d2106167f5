import type { Sample, Stage, TrialOptions } from '../model.ts';
import type { ProbeSet } from '../probes/index.ts';
import { plannedStage, windowEnd } from '../stages.ts';
import { rehearseSnapshot, takeSnapshot } from './heap-snapshot.ts';
import type { Progress } from './progress.ts';
import type { Message, Next } from './protocol.ts';
import { Sampler } from './sampler.ts';
import { warmUp } from './warm-up.ts';

/** The scenario with its session. */
export interface Subject {
  /** `iteration` counts from 0 and runs on from warm-up into measurement. */
  iterate(iteration: number): unknown;
  waitForIdle(): unknown;
}

/** Sends a message and waits until it has left the process, so that a crash loses nothing and no garbage is pending. */
export type Send = (message: Message) => Promise<void>;

/** The parent at the other end of the channel. */
export interface Parent {
  readonly send: Send;
  /** What the parent makes of the sample that was sent last. */
  readonly next: () => Promise<Next>;
}

export interface Drive {
  readonly subject: Subject;
  readonly probes: ProbeSet;
  readonly options: TrialOptions;
  readonly directory: string;
  readonly progress: Progress;
  readonly parent: Parent;
}

/** Warms the subject up, then iterates window after window, stage after stage, and sends a sample after each window. */
export async function drive({ subject, probes, options, directory, progress, parent }: Drive): Promise<void> {
  let iteration = 0;
  let firstMeasured = 0;
  const iterate = async (count: number) => {
    progress.awaits = 'iterate';
    for (const end = iteration + count; iteration < end; iteration++) {
      progress.iteration = iteration - firstMeasured;
      await subject.iterate(iteration);
    }
    progress.awaits = 'waitForIdle';
    await subject.waitForIdle();
    progress.awaits = undefined;
  };

  const { send } = parent;
  progress.phase = 'warm-up';
  await send(new Phase('warm-up'));
  const planned = plannedStage(options);
  const tools = {
    probes,
    options,
    directory,
    takeSnapshot,
    onSnapshot: (at: number, path: string) => send({ type: 'snapshot', iteration: at, path }),
  };
  const rehearsing = {
    ...tools,
    takeSnapshot: rehearseSnapshot,
    onSnapshot: () => send(new Phase('warm-up')),
  };
  const warmup = await warmUp(
    { iterate, settledHeap: rehearsal(new Sampler(planned, rehearsing), parent) },
    options,
  );
  await send({ type: 'warmup', warmup });

  firstMeasured = iteration;
  progress.warmup = firstMeasured;
  progress.phase = 'iteration';
  const sampler = new Sampler(planned, tools);
  await send(new Sampled('sample', await sampler.open()));
  let next = await parent.next();
  let stage = planned;
  for (let window = 1; next.do === 'go-on'; window++) {
    await send(new Phase(windowAfter(window - 1, stage)));
    const { stint } = stage;
    const width = windowEnd(stage, window) - windowEnd(stage, window - 1);
    // What the window has over is done first: a reading follows a whole stint wherever there is one.
    const whole = Math.max(0, Math.round(width / stint) - 1);
    await iterate(width - whole * stint);
    for (let done = 0; done < whole; done++) {
      await sampler.rest();
      await iterate(stint);
    }
    const sample = await sampler.sample(window);
    if (!sample) continue;
    await send(new Sampled('sample', sample));
    next = await parent.next();
    if (next.do !== 'prolong') continue;
    stage = next.stage;
    await sampler.enter(stage);
    window = 0;
    next = { do: 'go-on' };
  }
}

/** The messages of each window. Not literals, for the reason that `TakenSample` (sampler.ts) gives. */
class Phase {
  readonly type = 'phase';
  readonly phase: string;

  constructor(phase: string) {
    this.phase = phase;
  }
}

class Sampled {
  readonly type: 'sample' | 'rehearsal';
  readonly sample: Sample;

  constructor(type: Sampled['type'], sample: Sample) {
    this.type = type;
    this.sample = sample;
  }
}

/** The iterations of the next window, for the message of a fault that leaves the process no time to say more. */
function windowAfter(window: number, stage: Stage): string {
  return `iterations ${windowEnd(stage, window)} to ${windowEnd(stage, window + 1) - 1}`;
}

/**
 * Takes a sample for nothing but its heap, and sends it to the parent for no other reason than sending: what measuring sets up
 * once is then there before the first sample that counts.
 */
function rehearsal(sampler: Sampler, { send, next }: Parent): () => Promise<number> {
  let rehearsed = false;
  return async () => {
    const sample = (rehearsed ? await sampler.sample(0) : undefined) ?? (await sampler.rehearse());
    rehearsed = true;
    await send(new Sampled('rehearsal', sample));
    await next();
    return sample.readings['heap.used'] ?? 0;
  };
}
