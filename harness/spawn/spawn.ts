import {
  endOf,
  type Fault,
  type HeapTable,
  type Metric,
  type Sample,
  type Stage,
  type Trial,
  type TrialResult,
  type Warmup,
} from '../model.ts';
import type { Notes } from '../scenario.ts';
import { plannedStage } from '../stages.ts';
import type { Message, Next } from '../worker/protocol.ts';
import { withFolder } from './folder.ts';
import { changingClasses, readHeapTable } from './heap-table.ts';
import { runWorker } from './run-worker.ts';

/** What is known of a trial that is still running. */
export interface TrialSoFar {
  readonly trial: Trial;
  readonly metrics: readonly Metric[];
  readonly samples: readonly Sample[];
  readonly stages: readonly Stage[];
  readonly heapTables: readonly HeapTable[];
  readonly warmup?: Warmup;
}

/** Decides after each sample what comes next: to the end of a stage it may go on, there it must stop or prolong. */
export type Decide = (soFar: TrialSoFar) => Next;

export interface SpawnOptions {
  readonly onMessage?: (message: Message) => void;
  readonly onStage?: (stage: Stage) => void;
  /** Default: as planned. */
  readonly decide?: Decide;
  /** Ends the trial at once. */
  readonly signal?: AbortSignal;
}

/**
 * Runs one trial in a fresh process and a folder of its own. Whatever the subject does is an outcome, never a
 * rejection; so is an abort by the signal, which keeps what was measured before it.
 * @throws {HarnessError} if no process can be started.
 * @throws what `decide` throws.
 * @throws the signal's reason if it is aborted already.
 */
export async function spawnTrial(
  trial: Trial,
  { onMessage, onStage, decide = asPlanned, signal }: SpawnOptions = {},
): Promise<TrialResult> {
  signal?.throwIfAborted();
  const record = new TrialRecorder(trial);
  const { nodeFlags, deadline } = trial.options;
  /** What went wrong on this side ends the trial. */
  const failed = new AbortController();
  const begin = performance.now();
  const ended = withFolder(directory =>
    runWorker({
      order: { type: 'measure', trial, directory },
      nodeFlags,
      deadline,
      onMessage: (message, reply) => {
        record.add(message);
        onMessage?.(message);
        if (message.type === 'rehearsal') reply({ type: 'next', next: { do: 'go-on' } });
        if (message.type !== 'sample') return;
        answer(record, decide, onStage)
          .then(next => reply({ type: 'next', next }))
          .catch(error => failed.abort(error));
      },
      signal: signal ? AbortSignal.any([signal, failed.signal]) : failed.signal,
    }),
  );
  const exit = await ended.catch(error => {
    if (error !== signal?.reason) throw error;
    return undefined;
  });

  const { notes, phase } = record;
  const { wall, startup } = exit ?? { wall: performance.now() - begin, startup: 0 };
  const taken = {
    ...record.soFar(),
    heapTables: changingClasses(record.heapTables),
    notes,
    wall,
    startup,
  };
  const fault = exit ? exit.fault : interruption(phase);
  return fault ? { outcome: 'faulted', fault, ...taken } : { outcome: 'completed', ...taken };
}

/** What follows the last sample, once all that was announced with it has been read. */
async function answer(
  record: TrialRecorder,
  decide: Decide,
  onStage: SpawnOptions['onStage'],
): Promise<Next> {
  await record.complete();
  const next = decide(record.soFar());
  if (next.do === 'prolong') {
    record.stages.push(next.stage);
    onStage?.(next.stage);
  }
  return next;
}

function interruption(during: string): Fault {
  return { kind: 'interrupted', message: `Interrupted during ${during}`, detail: '', during };
}

function asPlanned({ samples, stages }: TrialSoFar): Next {
  const last = stages.at(-1);
  const done = samples.at(-1)?.iteration ?? 0;
  return last && done >= endOf(last) ? { do: 'stop' } : { do: 'go-on' };
}

/** Puts together what is known of a trial from the messages of its worker, its heap snapshots read along the way. */
class TrialRecorder {
  readonly #trial: Trial;
  metrics: readonly Metric[] = [];
  readonly samples: Sample[] = [];
  readonly stages: Stage[];
  readonly heapTables: HeapTable[] = [];
  warmup: Warmup | undefined;
  notes: Notes = {};
  phase = 'load';
  #reading: Promise<void> = Promise.resolve();

  constructor(trial: Trial) {
    this.#trial = trial;
    this.stages = [plannedStage(trial.options)];
  }

  soFar(): TrialSoFar {
    const { metrics, samples, stages, heapTables, warmup } = this;
    return { trial: this.#trial, metrics, samples, stages, heapTables, ...(warmup && { warmup }) };
  }

  /** Resolves when every heap snapshot that was announced has been read. */
  complete(): Promise<void> {
    return this.#reading;
  }

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
      case 'snapshot':
        this.#read(message.path, message.iteration);
        break;
      case 'done':
        this.notes = message.notes;
        break;
      case 'fault':
      case 'ready':
      case 'alive':
      case 'rehearsal':
      case 'thread-snapshot':
      case 'description':
      case 'refused':
      case 'probes':
      case 'diff':
      case 'inventory':
      case 'allocations':
      case 'probe-unavailable':
      case 'exit-call':
        break;
    }
  }

  #read(path: string, iteration: number): void {
    this.#reading = this.#reading.then(async () => {
      const table = await readHeapTable(path, iteration, this.heapTables);
      if (table) this.heapTables.push(table);
    });
    // `complete` tells of it; until it is asked nobody else does.
    this.#reading.catch(() => {});
  }
}
