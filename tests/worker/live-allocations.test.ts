import { describe, expect, test } from 'vitest';
import { allocationSites, samplingInterval } from '../../harness/worker/live-allocations.ts';

const PLAN = { iterations: 100, kept: 0, growth: 4_000_000, time: 2500 };
const QUICK = 0.1;

describe('how finely allocations are sampled', () => {
  test('as is affordable, within bounds', () => {
    const every = (allocated: number) => samplingInterval({ allocated, time: QUICK }, PLAN);
    expect(every(1_000_000)).toBe(500);
    expect(every(5_000_000)).toBe(2500);
    expect(every(200)).toBe(32);
    expect(every(0)).toBe(32);
    expect(every(1e10)).toBe(32_768);
  });

  test('as what is known to stay needs, and never finer than is affordable', () => {
    const plan = { ...PLAN, kept: 2000 };
    expect((100 * 2000) / samplingInterval({ allocated: 100_000, time: QUICK }, plan)).toBe(400);
    const demand = { allocated: 10_000_000, time: QUICK };
    expect(samplingInterval(demand, plan)).toBe(samplingInterval(demand, PLAN));
  });

  test('for no more than the heap may grow by', () => {
    const plan = { ...PLAN, kept: 1_000_000 };
    expect(samplingInterval({ allocated: 1_000_000, time: QUICK }, plan)).toBe(4_000_000 / 400);
  });

  test('for no more iterations than there is time for', () => {
    const slow = { allocated: 1_000_000, time: 500 };
    expect(samplingInterval(slow, PLAN)).toBe(50);
    expect(samplingInterval(slow, { ...PLAN, kept: 20_000 })).toBe((10 * 20_000) / 400);
  });

  test('where nothing was iterated, as finely as can be', () => {
    expect(samplingInterval({ allocated: 0, time: 0 }, PLAN)).toBe(32);
  });
});

describe('what functions of the program allocated', () => {
  const LEDGER = new URL('../../harness/ledger/ledger.ts', import.meta.url).href;
  const ENGINE = new URL('../../harness/engine/server.ts', import.meta.url).href;
  const OPEN = { file: 'file:///shop/open.mjs', line: 4, column: 2, function: 'open' };

  test('includes what Node and V8 allocate for them', () => {
    const head = node('', 0, node(OPEN.file, 100, node('node:fs', 20), node('', 3)));
    expect(allocationSites(head)).toEqual([{ frames: [OPEN], bytes: 123 }]);
  });

  test('is without what leakgate, called on the way, allocates for its books', () => {
    const wrapped = node(LEDGER, 50, node('', 5), node('node:fs', 20));
    expect(allocationSites(node('', 0, node(OPEN.file, 100, wrapped)))).toEqual([
      { frames: [OPEN], bytes: 120 },
    ]);
  });

  test('is nobody of it for what Node and V8 allocate by themselves', () => {
    expect(allocationSites(node('', 0, node('node:internal/timers', 30, node('', 5))))).toEqual([
      { frames: [], bytes: 35 },
    ]);
  });

  test('is without what leakgate has Node allocate, unless a function of the program asked', () => {
    const byItself = node(LEDGER, 50, node('node:inspector', 20, node('', 4)));
    const asked = node(OPEN.file, 7, node(LEDGER, 30, node('node:fs', 2)));
    expect(allocationSites(node('', 0, byItself, asked))).toEqual([{ frames: [OPEN], bytes: 9 }]);
  });

  test('is what the engine allocates, which is a program like others', () => {
    expect(allocationSites(node(ENGINE, 70)).map(({ bytes }) => bytes)).toEqual([70]);
  });

  test('is one place, under whatever query or fragment a module was loaded', () => {
    const head = node('', 0, node(`${OPEN.file}?v=1`, 40), node(`${OPEN.file}#2`, 60));
    expect(allocationSites(head)).toEqual([{ frames: [OPEN], bytes: 100 }]);
  });

  test('is told in words where it sets the fields of a class', () => {
    const head = node(OPEN.file, 10);
    head.callFrame.functionName = '<instance_members_initializer>';
    expect(allocationSites(head)).toEqual([{ frames: [{ ...OPEN, function: 'class fields' }], bytes: 10 }]);
  });
});

type Node = Parameters<typeof allocationSites>[0];

function node(url: string, selfSize: number, ...children: Node[]): Node {
  const callFrame = { url, functionName: 'open', scriptId: '1', lineNumber: 3, columnNumber: 1 };
  return { callFrame, selfSize, children };
}
