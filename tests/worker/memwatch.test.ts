import { describe, expect, test } from 'vitest';
import { loadMemwatch } from '../../harness/worker/memwatch.ts';

describe('loadMemwatch()', () => {
  test.each([
    [
      'was left out',
      coded('ERR_MODULE_NOT_FOUND', "Cannot find package 'memwatch-next'"),
      /is not installed/,
    ],
    ['was not built', new Error('Could not locate the bindings file. Tried:\n a\n b'), /was not built/],
    [
      'was built for another Node',
      coded('ERR_DLOPEN_FAILED', 'compiled against NODE_MODULE_VERSION 137'),
      /another version of Node than .*: run npm rebuild memwatch-next/,
    ],
    ['is loaded in a second thread', new Error('Module did not self-register: x.node'), /once per process/],
    ['fails in a way of its own', new Error('strange\nlines'), /^memwatch-next cannot be loaded: strange$/],
  ])('says in one line why it is not there when it %s', async (_, error, reason) => {
    const loaded = await loadMemwatch(() => Promise.reject(error));
    expect(loaded).toEqual({ outcome: 'missing', reason: expect.stringMatching(reason) });
  });

  test('gives what it loaded', async () => {
    const memwatch = {
      HeapDiff: class {
        end = () => ({ change: { size_bytes: 0, details: [] } });
      },
      on: () => {},
    };
    expect(await loadMemwatch(() => Promise.resolve({ default: memwatch }))).toEqual({
      outcome: 'loaded',
      memwatch,
    });
  });
});

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
