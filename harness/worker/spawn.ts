import type { Fault, Metric, Sample, Trial, TrialResult, Warmup } from '../model.ts';
import type { Notes } from '../scenario.ts';
import { exitFault } from './exit-fault.ts';
import { withFolder } from './folder.ts';
import type { Message } from './protocol.ts';
import { runWorker } from './run-worker.ts';

export interface SpawnOptions {
  readonly onMessage?: (message: Message) => void;
  /** Ends the trial at once. */
  readonly signal?: AbortSignal;
}

/**
 * Runs one trial in a fresh process and a folder of its own. Whatever the subject does is an outcome, never a rejection.
 * @throws {HarnessError} if no process can be started.
 * @throws the signal's reason if it is aborted.
 */
export async function spawnTrial(
  trial: Trial,
  { onMessage, signal }: SpawnOptions = {},
): Promise<TrialResult> {
  const record = new Recorder();
  const { nodeFlags, deadline } = trial.options;
  const exit = await withFolder(directory =>
    runWorker({
      order: { type: 'measure', trial, directory },
      nodeFlags,
      deadline,
      onMessage: message => {
        record.add(message);
        onMessage?.(message);
      },
      ...(signal && { signal }),
    }),
  );

  const { metrics, samples, warmup, notes, phase } = record;
  const { wall, startup } = exit;
  const taken = { trial, metrics, samples, ...(warmup && { warmup }), notes: notes ?? {}, wall, startup };
  if (notes && !record.fault && exit.code === 0) return { outcome: 'completed', ...taken };
  return { outcome: 'faulted', fault: record.fault ?? exitFault(exit, deadline, phase), ...taken };
}

/** What the worker has said so far. */
class Recorder {
  metrics: readonly Metric[] = [];
  readonly samples: Sample[] = [];
  warmup: Warmup | undefined;
  /** Given: the trial is complete. */
  notes: Notes | undefined;
  fault: Fault | undefined;
  phase = 'start';

  add(message: Message): void {
    switch (message.type) {
      case 'phase':
        this.phase = message.phase;
        break;
      case 'metrics':
        this.metrics = message.metrics;
        break;
      case 'warmup':
        this.warmup = message.warmup;
        break;
      case 'sample':
        this.samples.push(message.sample);
        break;
      case 'done':
        this.notes = message.notes;
        break;
      case 'fault':
        this.fault ??= message.fault;
        break;
      case 'ready':
      case 'description':
      case 'diff':
      case 'probe-unavailable':
        break;
    }
  }
}
