import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ignoreBrokenPipe } from '../../scripts/broken-pipe.ts';

test('a reader that leaves early changes neither what is said nor the exit code', () => {
  const line = '(sleep 1; "$0" dist/scripts/leakgate.js list --json; echo "exit code $?" >&2) | true';
  const { stderr } = spawnSync('sh', ['-c', line, process.execPath], { encoding: 'utf8' });
  expect(stderr).toBe('exit code 0\n');
});

test('any other error of the stream is told', () => {
  const stream = new PassThrough();
  const told: string[] = [];
  ignoreBrokenPipe(stream, reason => told.push(reason));
  stream.emit('error', Object.assign(new Error('no reader'), { code: 'EPIPE' }));
  stream.emit('error', new Error('no space left'));
  expect(told).toEqual(['no space left']);
});

test.runIf(existsSync('/dev/full'))('a disk that is full is a message and exit code 2', () => {
  const line = '"$0" dist/scripts/leakgate.js list --json > /dev/full; echo "exit code $?" >&2';
  const { stderr } = spawnSync('sh', ['-c', line, process.execPath], { encoding: 'utf8' });
  expect(stderr).toMatch(
    /^leakgate: Cannot write to standard output as it must take it: ENOSPC.*\nexit code 2\n$/,
  );
});
