import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a program drawn at random is called a leak in its leaky build, and steady in the healthy one', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    resolve('dist/scripts/bench-drawn.js'),
    ...['--runs', '1', '--iterations', '500', '--seed', '8'],
  ]);
  expect(stdout).toMatch(/^leaky +1 of 1 leak, 0 steady, 0 inconclusive, 2\.5 to 100\.0 % right/m);
  expect(stdout).toMatch(/^healthy 1 of 1 steady, 0 leak, 0 inconclusive, 2\.5 to 100\.0 % right/m);
}, 180_000);
