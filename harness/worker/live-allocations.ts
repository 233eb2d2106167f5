import type { HeapProfiler } from 'node:inspector';
import { isForeign, isLeakgates, withoutQuery } from '../ledger/site.ts';
import type { Bytes, Iterations, Milliseconds, SourcePosition } from '../model.ts';
import { openSession } from '../probes/inspector.ts';
import type { AllocationSite, Allocations, EvidencePlan } from './protocol.ts';

/** Samples that are affordable: each costs some microseconds, by the depth of its stack. */
const AFFORDABLE = 200_000;
/**
 * Samples of what stays that tell well enough who allocated it: where each of twenty functions did as much,
 * twenty of each.
 */
const TELLING = 400;
/** From one sampled allocation to the next, on average: no finer than this, and no coarser. */
const FINEST: Bytes = 32;
const COARSEST: Bytes = 32_768;
/** Frames of the program kept per stack: enough to come through a library to who called it. */
const FRAMES = 64;

type Plan = Pick<EvidencePlan, 'iterations' | 'kept' | 'growth' | 'time'>;

/** What an iteration takes. */
interface Demand {
  readonly allocated: Bytes;
  readonly time: Milliseconds;
}

/**
 * From one sample to the next, in bytes: as fine as AFFORDABLE samples of all that a plan allocates allow,
 * and coarser where TELLING samples of what stays are met all the same.
 */
export function samplingInterval({ allocated, time }: Demand, plan: Plan): Bytes {
  // Either part ends when its time is up.
  const iterations = Math.min(plan.iterations, (2 * plan.time) / time);
  const kept = Math.min(plan.kept * iterations, plan.growth);
  const wanted = Math.max((allocated * iterations) / AFFORDABLE, kept / TELLING);
  return Math.round(Math.min(COARSEST, Math.max(FINEST, wanted)));
}

/**
 * What is alive of all that was allocated since a moment, by who allocated it: V8 samples allocations and
 * forgets a sample when its object is collected (`HeapProfiler.startSampling`), so sizes are estimates.
 * Positions are those of functions, not of lines within them. Needs a session that stays open
 * (`keepObjectIds`). Nothing is read where Node has no inspector, or the program samples allocations itself:
 * V8 has one sampler.
 */
export class LiveAllocations {
  #interval = COARSEST;
  #demand: Demand = { allocated: 0, time: 0 };
  #works = process.features.inspector;

  /** Begins to watch how much is allocated. */
  constructor() {
    this.#ask('HeapProfiler.startSampling', {
      samplingInterval: COARSEST,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
  }

  /** Ends watching: so many iterations have been done in this time. */
  gauge(iterations: Iterations, elapsed: Milliseconds): void {
    const profile = this.#ask('HeapProfiler.stopSampling')?.profile;
    if (!profile || iterations === 0) return;
    this.#demand = { allocated: bytesOf(profile.head) / iterations, time: elapsed / iterations };
  }

  /** From now on samples what is allocated, as finely as the plan affords and needs. */
  begin(plan: Plan): void {
    this.#interval = samplingInterval(this.#demand, plan);
    this.#ask('HeapProfiler.startSampling', { samplingInterval: this.#interval });
  }

  /** Garbage should have been collected. */
  read(iteration: Iterations): Allocations | undefined {
    const profile = this.#ask('HeapProfiler.getSamplingProfile')?.profile;
    if (!profile) return undefined;
    return { iteration, interval: this.#interval, sites: allocationSites(profile.head) };
  }

  /** A session to its own thread answers before `post` returns. What fails once is not asked again. */
  #ask(method: string, parameters?: object): Answer | undefined {
    if (!this.#works) return undefined;
    const outcome: { answer?: Answer | undefined } = {};
    openSession().post(method, parameters, (error, answer) => {
      if (!error) outcome.answer = answer ?? {};
    });
    this.#works = outcome.answer !== undefined;
    return outcome.answer;
  }
}

type Node = HeapProfiler.SamplingHeapProfileNode;

/** With a profile where one was asked for. */
interface Answer {
  readonly profile?: { readonly head: Node };
}

function bytesOf({ selfSize, children }: Node): Bytes {
  return children.reduce((sum, child) => sum + bytesOf(child), selfSize);
}

/**
 * What was allocated, by the functions of the program on the stack: none for what Node and V8 do by
 * themselves. What leakgate allocates for its books, while the program runs or not, is left out.
 */
export function allocationSites(head: Node): AllocationSite[] {
  const sites = new Map<string, AllocationSite>();
  collect(head, { callers: [], isOwn: false }, sites);
  return [...sites.values()];
}

/** What V8 calls the code that sets the fields of a class. */
const OF_CLASSES: ReadonlyMap<string, string> = new Map([
  ['<instance_members_initializer>', 'class fields'],
  ['<static_initializer>', 'static class fields'],
]);

/** Where a function was called. */
interface Context {
  /** Of the program, innermost first. */
  readonly callers: readonly SourcePosition[];
  /** By leakgate. */
  readonly isOwn: boolean;
}

function collect(
  { callFrame, selfSize, children }: Node,
  { callers, isOwn: isCallerOwn }: Context,
  sites: Map<string, AllocationSite>,
): void {
  const { url, lineNumber, columnNumber, functionName } = callFrame;
  const file = withoutQuery(url);
  const name = OF_CLASSES.get(functionName) ?? functionName;
  const frame = { file, line: lineNumber + 1, column: columnNumber + 1, function: name };
  // What V8 does it does for its caller, and so does Node for leakgate where no function of the program is on
  // the stack.
  const isOfProgram = file !== '' && !isForeign(file);
  const frames = isOfProgram ? [frame, ...callers.slice(0, FRAMES - 1)] : callers;
  const isForCaller = file === '' || (frames.length === 0 && file.startsWith('node:'));
  const isOwn = isForCaller ? isCallerOwn : isLeakgates(file);
  if (selfSize > 0 && !isOwn) {
    const key = frames.map(({ line, column, ...at }) => `${at.file}:${line}:${column}`).join('\n');
    sites.set(key, { frames, bytes: selfSize + (sites.get(key)?.bytes ?? 0) });
  }
  for (const child of children) collect(child, { callers: frames, isOwn }, sites);
}
