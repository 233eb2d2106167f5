import { fork, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { childEnd } from '../../scripts/child-end.ts';
import { temporaryFolder } from '../support/cli.ts';

test('a child has not ended before the last of its messages has arrived', async () => {
  const child = Object.assign(new EventEmitter(), { connected: true });
  let hasEnded = false;
  const end = childEnd(child).finally(() => {
    hasEnded = true;
  });
  child.emit('exit', 3, null);
  await turn();
  expect(hasEnded).toBe(false);
  child.emit('disconnect');
  expect(await end).toEqual({ code: 3, signal: null });
});

test('a child without a channel ends with its process', async () => {
  expect(await childEnd(spawn(process.execPath, ['-e', 'process.exit(4)']))).toEqual({
    code: 4,
    signal: null,
  });
});

test('a child that was let go of ends with its process, and so does one that is let go of later', async () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'child.cjs');
  writeFileSync(file, "process.on('disconnect', () => process.exit(5));\n");
  const [before, later] = [fork(file, { execArgv: [] }), fork(file, { execArgv: [] })];
  before.disconnect();
  const ends = [childEnd(before), childEnd(later)];
  later.disconnect();
  expect(await Promise.all(ends)).toEqual([
    { code: 5, signal: null },
    { code: 5, signal: null },
  ]);
  folder.remove();
});

test('a process that cannot be started is an error', async () => {
  await expect(childEnd(spawn('/nowhere/node'))).rejects.toThrow('ENOENT');
});
