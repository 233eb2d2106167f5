import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nativeMemoryProbe } from '../../harness/probes/native-memory.ts';
import { isUnavailable, type Probe } from '../../harness/probes/probe.ts';

const MB = 2 ** 20;

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

describe('nativeMemoryProbe()', () => {
  test.runIf(process.platform === 'linux')(
    'sees memory that V8 is not told of, once it is written to',
    () => {
      const before = read() ?? Number.NaN;
      const shared = new Uint8Array(new SharedArrayBuffer(64 * MB));
      expect((read() ?? Number.NaN) - before, 'not written to').toBeLessThan(16 * MB);
      shared.fill(1);
      expect((read() ?? Number.NaN) - before, 'written to').toBeGreaterThan(48 * MB);
      expect(shared.at(-1)).toBe(1);
    },
  );

  test.runIf(process.platform === 'linux')('does not count what V8 was told of', () => {
    const before = read() ?? Number.NaN;
    const buffer = Buffer.alloc(64 * MB, 1);
    expect((read() ?? Number.NaN) - before).toBeLessThan(16 * MB);
    expect(buffer.at(-1)).toBe(1);
  });

  test('is private memory less the heap and what V8 was told of', () => {
    const own = read(statusFile('VmRSS:\t9000000 kB\nRssAnon:\t 2000000 kB\nRssFile:\t 7000000 kB\n'));
    expect(own).toBeLessThan(2_000_000 * 1024);
    expect(own).toBeGreaterThan(2_000_000 * 1024 - 512 * MB);
  });

  test('is 0 where most of a large buffer has not been written to yet', () => {
    expect(read(statusFile('RssAnon:\t1 kB\n'))).toBe(0);
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
