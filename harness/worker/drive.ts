import type { Sample, Stage } from '../model.ts';
import type { ProbeSet } from '../probes/index.ts';
import { plannedStage, windowEnd } from '../stages.ts';
import { rehearseSnapshot, takeSnapshot } from './heap-snapshot.ts';
import { IterationLoop, type Subject } from './iteration-loop.ts';
import type { TrialContext } from './open-trial.ts';
import { enterPhase, Phase } from './progress.ts';
import type { Next, Send } from './protocol.ts';
import { Sampler } from './sampler.ts';
import { warmUp } from './warm-up.ts';

interface Drive {
  readonly subject: Subject;
  readonly probes: ProbeSet;
  readonly context: TrialContext;
  /** What the parent makes of the sample that was sent last. */
  readonly next: () => Promise<Next>;
}

/** Warms the subject up, then iterates window after window, stage after stage, and sends a sample after each that can afford one. */
export async function drive({ subject, probes, context, next }: Drive): Promise<void> {
  const { trial, directory, progress, send } = context;
  const { options } = trial;
  const loop = new IterationLoop(subject, context);
  const iterate = async (count: number) => {
    await loop.iterate(count);
    await loop.waitForIdle();
  };

  await enterPhase('warm-up', progress, send);
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
  const settledHeap = rehearsal(new Sampler(planned, rehearsing), send, next);
  const iterateWarmUp = async (count: number) => {
    await send(new Phase(`iterations ${loop.done} to ${loop.done + count - 1} of the warm-up`));
    await iterate(count);
  };
  const warmup = await warmUp({ iterate: iterateWarmUp, settledHeap }, options);
  await send({ type: 'warmup', warmup });

  loop.beginMeasured();
  const sampler = new Sampler(planned, tools);
  await send(new Sampled('sample', await sampler.open()));
  let stage = planned;
  let window = 0;
  // The loops are in no functions of their own: these would be compiled after the first sample.
  for (let order = await next(); order.do !== 'stop'; order = await next()) {
    if (order.do === 'prolong') {
      stage = order.stage;
      window = 0;
      await sampler.enter(stage);
    }
    let sample: Sample | undefined;
    while (!sample) {
      window++;
      await send(new Phase(iterationsOf(window, stage)));
      const { stint } = stage;
      const width = windowEnd(stage, window) - windowEnd(stage, window - 1);
      // What the window has over is done first: a reading follows a whole stint wherever there is one.
      const whole = Math.max(0, Math.round(width / stint) - 1);
      await iterate(width - whole * stint);
      for (let done = 0; done < whole; done++) {
        await sampler.rest();
        await iterate(stint);
      }
      sample = await sampler.sample(window);
    }
    await send(new Sampled('sample', sample));
  }
}

/** Not a literal, for the reason that `TakenSample` (sampler.ts) gives. */
class Sampled {
  readonly type: 'sample' | 'rehearsal';
  readonly sample: Sample;

  constructor(type: Sampled['type'], sample: Sample) {
    this.type = type;
    this.sample = sample;
  }
}

/** The iterations of a window, for the message of a fault that leaves the process no time to say more. */
function iterationsOf(window: number, stage: Stage): string {
  return `iterations ${windowEnd(stage, window - 1)} to ${windowEnd(stage, window) - 1}`;
}

/**
 * Takes a sample for nothing but its heap, and sends it to the parent for no other reason than sending: what
 * measuring sets up once is then there before the first sample that counts.
 */
function rehearsal(sampler: Sampler, send: Send, next: Drive['next']): () => Promise<number> {
  let rehearsed = false;
  return async () => {
    const sample = (rehearsed ? await sampler.sample(0) : undefined) ?? (await sampler.rehearse());
    rehearsed = true;
    await send(new Sampled('rehearsal', sample));
    await next();
    return sample.readings['heap.used'] ?? 0;
  };
}
