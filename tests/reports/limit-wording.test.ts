import { describe, expect, test } from 'vitest';
import { limitText } from '../../reports/limit-wording.ts';

describe('what a steady trial would have caught', () => {
  test('names bytes, objects and handles', () => {
    expect(limitText({ bytesPerIteration: 41, objectEvery: 80, handleEvery: 194 }, 'reload')).toBe(
      'would have caught 41 B/reload, 1 object per 80 reloads, 1 timer or handle per 194 reloads',
    );
  });

  test('says where counts rise and fall too much to catch what is rare', () => {
    expect(limitText({ bytesPerIteration: 41, objectEvery: 3, handleEvery: 1 }, 'job')).toBe(
      'would have caught 41 B/job, only 1 object per 3 jobs, only 1 timer or handle per job',
    );
    expect(limitText({ bytesPerIteration: 41, objectEvery: 1 / 12, handleEvery: 1 / 2 }, 'job')).toBe(
      'would have caught 41 B/job, only 12 objects per job, only 2 timers or handles per job',
    );
    // What would not have been caught is not claimed.
    expect(limitText({ bytesPerIteration: 41, objectEvery: 1 / 1.4, handleEvery: 0.43 }, 'job')).toBe(
      'would have caught 41 B/job, only 2 objects per job, only 3 timers or handles per job',
    );
  });

  test('says once what holds on the heap and off it, and both where less is seen of the latter', () => {
    const limitOf = (offHeapBytesPerIteration: number) =>
      limitText({ bytesPerIteration: 41, offHeapBytesPerIteration, objectEvery: 0, handleEvery: 0 }, 'job');
    expect(limitOf(16.1)).toBe('would have caught 41 B/job on the heap or in buffers');
    expect(limitOf(41)).toBe('would have caught 41 B/job on the heap or in buffers');
    expect(limitOf(230)).toBe('would have caught 41 B/job on the heap, 230 B/job in buffers');
  });

  test('claims nothing of buffers that worker threads keep, nor of their heaps where these were not read', () => {
    const limitOf = (offHeapBytesPerIteration: number, threads: 'read' | 'unread') => {
      const limit = { bytesPerIteration: 41, offHeapBytesPerIteration, objectEvery: 0, handleEvery: 0 };
      return limitText(limit, 'job', '', threads);
    };
    expect(limitOf(41, 'read')).toBe(
      'would have caught 41 B/job on the heap or in buffers of the main thread',
    );
    expect(limitOf(230, 'read')).toBe(
      'would have caught 41 B/job on the heap, 230 B/job in buffers of the main thread',
    );
    expect(limitOf(41, 'unread')).toBe(
      'would have caught 41 B/job on the heap of the main thread or in its buffers',
    );
  });

  test('names native memory where it could be told', () => {
    const limit = {
      bytesPerIteration: 16.1,
      offHeapBytesPerIteration: 16.1,
      objectEvery: 140,
      handleEvery: 0,
    };
    expect(limitText({ ...limit, nativeBytesPerIteration: 1190 }, 'job')).toBe(
      'would have caught 16.1 B/job on the heap or in buffers, 1.2 kB/job of native memory, 1 object per 140 jobs',
    );
  });

  test('is silent on objects where the population was not read twice', () => {
    expect(limitText({ bytesPerIteration: 64, objectEvery: 0, handleEvery: 1 }, 'query')).toBe(
      'would have caught 64 B/query, only 1 timer or handle per query',
    );
  });
});
