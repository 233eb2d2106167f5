import { spawnSync } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ignoreBrokenPipe } from '../../scripts/broken-pipe.ts';

test('a reader that leaves early changes neither what is said nor the exit code', () => {
  const line = '(sleep 1; "$0" dist/scripts/leakgate.js list --json; echo "exit code $?" >&2) | true';
  const { stderr } = spawnSync('sh', ['-c', line, process.execPath], { encoding: 'utf8' });
  expect(stderr).toBe('exit code 0\n');
});

test('any other error of the stream is thrown', () => {
  const stream = new PassThrough();
  ignoreBrokenPipe(stream);
  expect(() => stream.emit('error', new Error('no space left'))).toThrow('no space left');
});
