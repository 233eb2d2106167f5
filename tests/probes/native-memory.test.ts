import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { nativeMemoryProbe } from '../../harness/probes/native-memory.ts';
import { type AskedProbe, isUnavailable } from '../../harness/probes/probe.ts';

const MB = 2 ** 20;
/** Memory that no collection gives back between two readings. */
const kept: unknown[] = [];

/** What one probe reads each time, in megabytes; NaN where nothing. */
function reader(file?: string): (into?: Record<string, number>) => Promise<number> {
  const probe = nativeMemoryProbe(file) as AskedProbe;
  return async (into = {}) => {
    await probe.ask(into);
    return (into['memory.native'] ?? Number.NaN) / MB;
  };
}

function statusFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'status');
  writeFileSync(file, text);
  return file;
}

/** The same, each time with so many megabytes of private memory. */
function readerOf(): (megabytes: number) => Promise<number> {
  const file = statusFile('RssAnon:\t1 kB\n');
  const read = reader(file);
  return megabytes => {
    writeFileSync(file, `RssAnon:\t${megabytes * 1024} kB\n`);
    return read();
  };
}

describe('nativeMemoryProbe()', () => {
  test.runIf(process.platform === 'linux')(
    'sees memory that V8 is not told of, once it is written to',
    async () => {
      const read = reader();
      const before = await read();
      const shared = new Uint8Array(new SharedArrayBuffer(64 * MB));
      expect((await read()) - before, 'not written to').toBeLessThan(16);
      shared.fill(1);
      expect((await read()) - before, 'written to').toBeGreaterThan(48);
      kept.push(shared);
    },
  );

  test.runIf(process.platform === 'linux')('does not count pages that V8 keeps for itself', async () => {
    const read = reader();
    const pages: number[][] = [];
    const replacePages = () => {
      for (let count = 0; count < 12_000; count++) pages[count % 1000] = new Array(4096).fill(count);
      globalThis.gc?.();
    };
    const first = await read();
    replacePages();
    const second = await read();
    // Node 24 and 26 set up some 10 MB for such pages, once.
    const setUp = Number.parseInt(process.versions.node, 10) < 24 ? 0 : 24;
    expect(second - first, 'the first pages').toBeLessThan(8 + setUp);
    replacePages();
    expect((await read()) - second, 'more of them').toBeLessThan(8);
    kept.push(pages);
  });

  test.runIf(process.platform === 'linux')('does not count what V8 was told of', async () => {
    const read = reader();
    const before = await read();
    const buffer = Buffer.alloc(64 * MB, 1);
    expect((await read()) - before).toBeLessThan(16);
    kept.push(buffer);
  });

  test('is private memory less the heap and what V8 was told of', async () => {
    const read = readerOf();
    await read(1000);
    const before = getHeapStatistics();
    const high = await read(3000);
    const buffer = Buffer.alloc(64 * MB);
    const objects = Array.from({ length: 500_000 }, (_, index) => ({ index }));
    const low = await read(3000);
    const { total_physical_size, external_memory } = getHeapStatistics();
    const taken = total_physical_size - before.total_physical_size + external_memory - before.external_memory;
    expect(taken / MB).toBeGreaterThan(64);
    expect(high - low).toBeCloseTo(taken / MB, -1);
    kept.push(buffer, objects);
  });

  test('does not count what a buffer that was there before takes as it is written to, and counts what comes on top', async () => {
    const untouched = Buffer.alloc(64 * MB);
    const read = readerOf();
    const first = await read(2000);
    expect((await read(2000 + 32)) - first, 'half of it written to').toBeCloseTo(0, 0);
    expect((await read(2000 + 400)) - (await read(2000 + 300)), '100 MB more').toBeCloseTo(100, 0);
    kept.push(untouched);
  });

  test('has V8 give back the pages it keeps free where memory rose by megabytes', async () => {
    const releases = vi.spyOn(Session.prototype, 'post');
    onTestFinished(() => releases.mockRestore());
    const read = readerOf();
    await read(2000);
    const releasesOf = async (...megabytes: number[]) => {
      releases.mockClear();
      for (const amount of megabytes) await read(amount);
      return releases.mock.calls.filter(([method]) => String(method) === 'HeapProfiler.collectGarbage')
        .length;
    };
    expect(await releasesOf(3000), 'far more').toBe(1);
    expect(await releasesOf(3000, 2999, 3001), 'no more than it needed then').toBe(0);
    expect(await releasesOf(2900, 3000), 'less than then, and as much again').toBe(1);
    expect(await releasesOf(3100, 3200), 'ever more').toBe(2);
  });

  test('is not read while worker threads, which have heaps of their own, are alive', async () => {
    const file = statusFile('RssAnon:\t2000000 kB\n');
    expect(await reader(file)({ workers: 1 })).toBeNaN();
    expect(await reader(file)({ workers: 0 })).toBeGreaterThan(0);
  });

  test('is unavailable where the system does not tell private memory', () => {
    for (const file of ['/no/such/file', statusFile('VmRSS:\t9000 kB\n')]) {
      const probe = nativeMemoryProbe(file);
      expect(isUnavailable(probe) && probe).toMatchObject({
        name: 'native memory',
        reason: `needs RssAnon in ${file} (Linux)`,
      });
    }
  });
});
