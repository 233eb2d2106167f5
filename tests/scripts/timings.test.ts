import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { timings } from '../../scripts/timings.ts';
import { temporaryFolder } from '../support/cli.ts';

const NEVER = new AbortController().signal;

test('a build that is not timed by its deadline is told as the reason why there are no more rows', async () => {
  expect(await timings({ builds: ['fixed'], ages: [0], deadline: 50 }, NEVER)).toEqual({
    rows: [],
    failure: 'Cannot time the "fixed" build as its process must end with 0 within 50 ms: ended with SIGKILL',
  });
});

test('an abort ends the running build and starts no other', async () => {
  const controller = new AbortController();
  const rows = timings({ builds: ['fixed', 'leaky'], ages: [1_000_000] }, controller.signal);
  setTimeout(() => controller.abort(), 100);
  expect(await rows).toEqual({ rows: [] });
});

test('after an abort nothing is timed', async () => {
  expect(await timings({ builds: ['fixed'], ages: [0] }, AbortSignal.abort())).toEqual({ rows: [] });
});

test('no build, no rows', async () => {
  expect(await timings({ builds: [], ages: [0] }, NEVER)).toEqual({ rows: [] });
});

test('the process that times a build ends with its parent', async () => {
  const folder = temporaryFolder();
  const child = fork(resolve('dist/scripts/timings-worker.js'), [folder.path, 'fixed', '1000000'], {
    execArgv: [],
  });
  child.disconnect();
  const [code] = (await once(child, 'exit')) as [number | null];
  folder.remove();
  expect(code).toBe(1);
});
