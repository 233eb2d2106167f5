import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nativeMemoryProbe } from '../../harness/probes/native-memory.ts';
import { isUnavailable, type Probe } from '../../harness/probes/probe.ts';

const MB = 2 ** 20;
/** Memory that no collection gives back between two readings. */
const kept: unknown[] = [];

function read(file?: string, into: Record<string, number> = {}): number | undefined {
  (nativeMemoryProbe(file) as Probe).read(into);
  return into['memory.native'];
}

function statusFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'status');
  writeFileSync(file, text);
  return file;
}

/** Reads one probe again and again, each time with so many megabytes of private memory, and says what it reads in megabytes. */
function readings(): (megabytes: number) => number {
  const file = statusFile('RssAnon:\t1 kB\n');
  const probe = nativeMemoryProbe(file) as Probe;
  return megabytes => {
    writeFileSync(file, `RssAnon:\t${megabytes * 1024} kB\n`);
    const into: Record<string, number> = {};
    probe.read(into);
    return (into['memory.native'] ?? Number.NaN) / MB;
  };
}

describe('nativeMemoryProbe()', () => {
  test.runIf(process.platform === 'linux')(
    'sees memory that V8 is not told of, once it is written to',
    () => {
      const before = read() ?? Number.NaN;
      const shared = new Uint8Array(new SharedArrayBuffer(64 * MB));
      expect((read() ?? Number.NaN) - before, 'not written to').toBeLessThan(16 * MB);
      shared.fill(1);
      expect((read() ?? Number.NaN) - before, 'written to').toBeGreaterThan(48 * MB);
      kept.push(shared);
    },
  );

  test.runIf(process.platform === 'linux')('does not count what V8 was told of', () => {
    const before = read() ?? Number.NaN;
    const buffer = Buffer.alloc(64 * MB, 1);
    expect((read() ?? Number.NaN) - before).toBeLessThan(16 * MB);
    kept.push(buffer);
  });

  test('is private memory less the heap and what V8 was told of', () => {
    const reads = readings();
    reads(1000);
    const before = getHeapStatistics();
    const high = reads(3000);
    const buffer = Buffer.alloc(64 * MB);
    const objects = Array.from({ length: 500_000 }, (_, index) => ({ index }));
    const low = reads(3000);
    const { total_physical_size, external_memory } = getHeapStatistics();
    const taken = total_physical_size - before.total_physical_size + external_memory - before.external_memory;
    expect(taken / MB).toBeGreaterThan(64);
    expect(high - low).toBeCloseTo(taken / MB, -1);
    kept.push(buffer, objects);
  });

  test('does not count what a buffer that was there before takes as it is written to, and counts what comes on top', () => {
    const untouched = Buffer.alloc(64 * MB);
    const reads = readings();
    const first = reads(2000);
    expect(reads(2000 + 32) - first, 'half of it written to').toBeCloseTo(0, 0);
    expect(reads(2000 + 400) - reads(2000 + 300), '100 MB more').toBeCloseTo(100, 0);
    kept.push(untouched);
  });

  test('is not read while worker threads, which have heaps of their own, are alive', () => {
    const file = statusFile('RssAnon:\t2000000 kB\n');
    expect(read(file, { workers: 1 })).toBeUndefined();
    expect(read(file, { workers: 0 })).toBeGreaterThan(0);
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
