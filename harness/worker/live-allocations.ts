import type { HeapProfiler } from 'node:inspector';
import { isForeign } from '../ledger/site.ts';
import type { Bytes, Iterations, SourcePosition } from '../model.ts';
import { openSession } from '../probes/inspector.ts';
import type { AllocationSite, Allocations } from './protocol.ts';

/** Samples taken at most, about: each costs some microseconds, by the depth of its stack. */
const MOST_SAMPLES = 100_000;
/** From one sampled allocation to the next, on average: no finer than this, and no coarser. */
const FINEST: Bytes = 64;
const COARSEST: Bytes = 32_768;
/** Frames of the program kept per stack: enough to come through a library to who called it. */
const FRAMES = 24;

/**
 * What is alive of all that was allocated since a moment, by who allocated it: V8 samples allocations and forgets a sample when its object
 * is collected (`HeapProfiler.startSampling`), so sizes are estimates. Positions are those of functions, not of lines within them. Needs a
 * Node with an inspector, and a session that stays open (`keepObjectIds`).
 */
export class LiveAllocations {
  #sampling = COARSEST;

  /** Begins to watch how much is allocated. */
  constructor() {
    ask('HeapProfiler.startSampling', {
      samplingInterval: COARSEST,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
  }

  /** From now on samples what is allocated, as finely as `planned` iterations afford if they allocate as much as the `done` ones did. */
  begin(done: Iterations, planned: Iterations): void {
    const { profile } = ask<Profiled>('HeapProfiler.stopSampling');
    const expected = (bytesOf(profile.head) / done) * planned;
    this.#sampling = Math.round(Math.min(COARSEST, Math.max(FINEST, expected / MOST_SAMPLES)));
    ask('HeapProfiler.startSampling', { samplingInterval: this.#sampling });
  }

  /** Of the program alone. Garbage should have been collected. */
  read(iteration: Iterations): Allocations {
    const sites = new Map<string, AllocationSite>();
    const { profile } = ask<Profiled>('HeapProfiler.getSamplingProfile');
    collect(profile.head, [], sites);
    return { iteration, sampling: this.#sampling, sites: [...sites.values()] };
  }
}

type Node = HeapProfiler.SamplingHeapProfileNode;

interface Profiled {
  readonly profile: { readonly head: Node };
}

/** A session to its own thread answers before `post` returns. */
function ask<Answer extends object>(method: string, parameters?: object): Answer {
  const outcome: { error?: Error | null; answer?: object } = {};
  openSession().post(method, parameters, (error, answer) => Object.assign(outcome, { error, answer }));
  if (!outcome.answer)
    throw new Error(`Cannot sample allocations as ${method} must be answered`, { cause: outcome.error });
  return outcome.answer as Answer;
}

function bytesOf({ selfSize, children }: Node): Bytes {
  return children.reduce((sum, child) => sum + bytesOf(child), selfSize);
}

/** @param callers of the program, innermost first. */
function collect(
  { callFrame, selfSize, children }: Node,
  callers: readonly SourcePosition[],
  sites: Map<string, AllocationSite>,
): void {
  const { url, lineNumber, columnNumber, functionName } = callFrame;
  const isOfProgram = url !== '' && !isForeign(url);
  const frame = { file: url, line: lineNumber + 1, column: columnNumber + 1, function: functionName };
  const frames = isOfProgram ? [frame, ...callers.slice(0, FRAMES - 1)] : callers;
  if (selfSize > 0 && frames.length > 0) {
    const key = frames.map(({ file, line, column }) => `${file}:${line}:${column}`).join('\n');
    sites.set(key, { frames, bytes: selfSize + (sites.get(key)?.bytes ?? 0) });
  }
  for (const child of children) collect(child, frames, sites);
}
