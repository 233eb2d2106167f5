import type { TrialOptions } from '../model.ts';
import type { ProbeSet } from '../probes/index.ts';
import type { Progress } from './progress.ts';
import type { Message } from './protocol.ts';
import { Sampler } from './sampler.ts';
import { type Course, courseOf } from './schedule.ts';
import { warmUp } from './warm-up.ts';

/** The scenario with its session. */
export interface Subject {
  /** `iteration` counts from 0 and runs on from warm-up into measurement. */
  iterate(iteration: number): unknown;
  waitForIdle(): unknown;
}

/** Sends a message and waits until it has left the process, so that a crash loses nothing and no garbage is pending. */
export type Send = (message: Message) => Promise<void>;

/** Warms the subject up, then iterates window after window and sends a sample after each. */
export async function drive(
  subject: Subject,
  probes: ProbeSet,
  options: TrialOptions,
  progress: Progress,
  send: Send,
): Promise<void> {
  let iteration = 0;
  let firstMeasured = 0;
  const iterate = async (count: number) => {
    for (const end = iteration + count; iteration < end; iteration++) {
      progress.iteration = iteration - firstMeasured;
      await subject.iterate(iteration);
    }
    await subject.waitForIdle();
  };

  progress.phase = 'warm-up';
  const course = courseOf(options);
  const warmup = await warmUp(
    { iterate, settledHeap: rehearsal(new Sampler(probes, course, options), send) },
    options,
  );
  await send({ type: 'warmup', warmup });

  firstMeasured = iteration;
  progress.warmup = firstMeasured;
  progress.phase = 'iteration';
  const sampler = new Sampler(probes, course, options);
  await send({ type: 'sample', sample: await sampler.open() });
  for (let window = 1; window <= course.windows; window++) {
    await send({ type: 'phase', phase: windowAfter(window - 1, course) });
    await iterate(course.length);
    const sample = await sampler.sample(window);
    if (sample) await send({ type: 'sample', sample });
  }
}

/** The iterations of the next window, for the message of a fault that leaves the process no time to say more. */
function windowAfter(window: number, { length }: Course): string {
  const first = window * length;
  return `iterations ${first} to ${first + length - 1}`;
}

/**
 * Takes a sample for nothing but its heap, and sends something for no other reason than sending: what measuring sets up
 * once is then there before the first sample that counts. The first one walks the heap too, which throws away what
 * loading the subject left behind and ordinary collections keep.
 */
function rehearsal(sampler: Sampler, send: Send): () => Promise<number> {
  let rehearsed = false;
  return async () => {
    const sample = rehearsed ? await sampler.sample(0) : undefined;
    const heap = sample?.readings['heap.used'] ?? (await sampler.rehearse());
    rehearsed = true;
    await send({ type: 'phase', phase: 'warm-up' });
    return heap;
  };
}
