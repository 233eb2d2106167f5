import type { HeapProfiler } from 'node:inspector';
import { isForeign } from '../ledger/site.ts';
import type { Bytes, SourcePosition } from '../model.ts';
import { openSession } from '../probes/inspector.ts';
import type { AllocationSite } from './protocol.ts';

/** Frames of the program kept per stack: enough to come through a library to who called it. */
const FRAMES = 24;

/**
 * What is alive of all that was allocated since it was made, by who allocated it: V8 samples allocations and forgets a sample when its
 * object is collected (`HeapProfiler.startSampling`), so sizes are estimates. Positions are those of functions, not of lines within them. Nothing
 * is ever found where Node has no inspector. The session must stay open meanwhile (`keepObjectIds`).
 */
export class LiveAllocations {
  /** @param samplingInterval from one sample to the next, on average. */
  constructor(samplingInterval: Bytes) {
    if (process.features.inspector) openSession().post('HeapProfiler.startSampling', { samplingInterval });
  }

  /** Sites of the program, the same stack once. Garbage should have been collected. */
  read(): AllocationSite[] {
    const sites = new Map<string, AllocationSite>();
    const head = profile();
    if (head) collect(head, [], sites);
    return [...sites.values()];
  }
}

function profile(): HeapProfiler.SamplingHeapProfileNode | undefined {
  if (!process.features.inspector) return undefined;
  let head: HeapProfiler.SamplingHeapProfileNode | undefined;
  // A session to its own thread answers before `post` returns.
  openSession().post('HeapProfiler.getSamplingProfile', (error, answer) => {
    if (!error) head = answer.profile.head;
  });
  return head;
}

/** @param callers of the program, innermost first. */
function collect(
  { callFrame, selfSize, children }: HeapProfiler.SamplingHeapProfileNode,
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
