import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Tail } from '../../harness/spawn/tail.ts';

describe('Tail', () => {
  test('keeps all of a short output', async () => {
    expect((await tailOf(['one\n', 'two\n'])).text()).toBe('one\ntwo\n');
  });

  test('keeps the last bytes of a long one, wherever its chunks begin', async () => {
    expect((await tailOf(['abcdefgh', 'ij', 'klm'])).text()).toBe('defghijklm');
    expect((await tailOf(['abcdefghijklmnop'])).text()).toBe('ghijklmnop');
  });

  test('gives the last lines without the blank ones at the end', async () => {
    expect((await tailOf(['a\nb\nc\n\n\n'])).lines(2)).toBe('b\nc');
    expect((await tailOf([])).lines(2)).toBe('');
  });
});

async function tailOf(chunks: readonly string[]): Promise<Tail> {
  const stream = new PassThrough();
  const tail = new Tail(stream, 10);
  for (const chunk of chunks) stream.write(chunk);
  await turn();
  return tail;
}
