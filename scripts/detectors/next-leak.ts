import type { Bytes } from '../../harness/model.ts';
import { formatSignedBytes } from '../../reports/format.ts';
import type { Detector, Judgement } from './detector.ts';
import { readings } from './exercise.ts';

/** Of load, idle and collection; 500 iterations each where a scenario has 2,000. */
const CYCLES = 4;
/** The least that counts as growth of one cycle; it rises only beyond 5,000 requests per cycle. */
const GATE: Bytes = 256 * 1024;
/** Share of the growth that a leak may give back in between. */
const DRAWDOWN = 0.1;

/** next-leak drives Next.js routes only: its rule on the heap and on what Node holds outside it. */
export const nextLeak: Detector = {
  name: 'next-leak',
  run: 'replayed',
  rule: 'every cycle, or most of them, added at least 256 KiB to the heap or to external memory',
  async judge(trial, directory) {
    const samples = await readings(trial, directory, CYCLES, () => process.memoryUsage());
    const heap = trendOf(samples.map(({ heapUsed }) => heapUsed));
    const external = trendOf(samples.map(({ external: bytes }) => bytes));
    return external.verdict === 'leak' && heap.verdict !== 'leak'
      ? { ...external, evidence: `external ${external.evidence}` }
      : heap;
  },
};

/**
 * xabierlameiro/next-leak at cd5e9b6, src/trend.ts. The first cycle counts as warm-up. A leak: every other
 * one reaches the gate, or two do, their mean does, and hardly anything is given back. Stable: one is flat,
 * or the mean is below it.
 */
export function trendOf(samples: readonly Bytes[]): Judgement {
  const kept = samples.slice(1);
  const deltas = kept.slice(1).map((value, at) => value - (kept[at] ?? value));
  const total = deltas.reduce((sum, delta) => sum + delta, 0);
  const mean = total / deltas.length;
  const growing = deltas.filter(delta => delta >= GATE).length;
  const stepwise = growing >= 2 && mean >= GATE && drawdown(kept) <= DRAWDOWN * total;
  const evidence = deltas.map(formatSignedBytes).join(', ');
  if (growing === deltas.length || stepwise) return { verdict: 'leak', evidence };
  const stable = deltas.some(delta => delta <= 0) || mean < GATE;
  return { verdict: stable ? 'clean' : 'unclear', evidence };
}

/** The deepest fall below a peak. */
function drawdown(samples: readonly Bytes[]): Bytes {
  let peak = Number.NEGATIVE_INFINITY;
  let deepest = 0;
  for (const value of samples) {
    peak = Math.max(peak, value);
    deepest = Math.max(deepest, peak - value);
  }
  return deepest;
}
