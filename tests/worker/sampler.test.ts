import { Session } from 'node:inspector';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { ProbeSet } from '../../harness/probes/index.ts';
import { plannedStage } from '../../harness/stages.ts';
import { Sampler } from '../../harness/worker/sampler.ts';

const OPTIONS = { ...DEFAULT_OPTIONS, iterations: 100 };
/** Kept by a snapshot, as the places of all lines are on Node 22; some 4 MB each. */
const ballast: number[][] = [];
/** Memory that is native to V8. */
const keep: Uint8Array[] = [];
const BALLAST = 4_000_000;

test('what the first snapshot itself leaves on the heap is taken off, and what is kept later is not, by another one either', async () => {
  const stage = { ...plannedStage(OPTIONS), snapshots: true };
  const taken: number[] = [];
  const sampler = new Sampler(stage, {
    probes: new ProbeSet([]),
    options: OPTIONS,
    directory: 'not written to',
    takeSnapshot: (_, iteration) => {
      taken.push(iteration);
      ballast.push(weighty());
      return 'nowhere';
    },
    onSnapshot: () => Promise.resolve(),
  });

  const before = await sampler.open();
  const after = await sampler.sample(1);
  expect(taken).toEqual([0]);
  expect(Math.abs(heapOf(after) - heapOf(before)), 'after the snapshot').toBeLessThan(BALLAST / 4);

  ballast.push(weighty());
  const grown = heapOf(await sampler.sample(2)) - heapOf(after);
  expect(grown, 'after the subject has kept as much').toBeGreaterThan((BALLAST * 3) / 4);

  await sampler.sample(stage.windows);
  expect(taken).toHaveLength(2);
  const further = heapOf(await sampler.sample(3)) - heapOf(after);
  expect(further, 'after a second snapshot').toBeGreaterThan((BALLAST * 7) / 4);
});

test('native memory is not read after a heap snapshot, which leaves memory that takes up what leaks', async () => {
  const sampler = new Sampler(
    { ...plannedStage(OPTIONS), snapshots: true },
    {
      probes: new ProbeSet([]),
      options: OPTIONS,
      directory: 'not written to',
      takeSnapshot: () => 'nowhere',
      onSnapshot: () => Promise.resolve(),
    },
  );
  const first = await sampler.open();
  expect(Object.keys(first.readings).includes('memory.native')).toBe(process.platform === 'linux');
  const asked = vi.spyOn(Session.prototype, 'post');
  onTestFinished(() => asked.mockRestore());
  keep.push(new Uint8Array(new SharedArrayBuffer(8e6)).fill(1));
  const next = await sampler.sample(1);
  expect(Object.keys(next?.readings ?? {})).not.toContain('memory.native');
  expect(asked.mock.calls.map(([method]) => String(method))).not.toContain('HeapProfiler.collectGarbage');
});

test('a heap that is a little above the last reading is read twice, one that has leapt once', async () => {
  const probes = new ProbeSet([]);
  const read = vi.spyOn(probes, 'read');
  const sampler = new Sampler(plannedStage(OPTIONS), {
    probes,
    options: OPTIONS,
    directory: 'not written to',
    takeSnapshot: () => 'nowhere',
    onSnapshot: () => Promise.resolve(),
  });
  await sampler.open();
  const looksAfter = async (bytes: number, window: number) => {
    ballast.push(weighty(bytes));
    read.mockClear();
    await sampler.sample(window);
    const costs = read.mock.calls.map(([cost]) => cost);
    // A census, if there is one, comes after them.
    return costs.includes('costly') ? costs.indexOf('costly') : costs.length;
  };
  const ofLittle = await looksAfter(1e6, 1);
  const ofLeap = await looksAfter(8e6, 2);
  expect({ ofLittle, ofLeap }).toEqual({ ofLittle: 2, ofLeap: 1 });
});

function heapOf(sample: Awaited<ReturnType<Sampler['sample']>>): number {
  return sample?.readings['heap.used'] ?? Number.NaN;
}

function weighty(bytes = BALLAST): number[] {
  return Array.from({ length: Math.ceil(bytes / 8) }, (_, index) => index / 2);
}
