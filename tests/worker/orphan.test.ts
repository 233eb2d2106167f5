import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentOf, isAlive, until } from '../support/processes.ts';
import { trialOf } from '../support/trials.ts';

const SPAWN = new URL('../../dist/harness/spawn/spawn.js', import.meta.url).href;

test.each(['SIGTERM', 'SIGKILL'] as const)('a worker ends when its parent dies of %s', async signal => {
  const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
  const file = join(folder, 'pid');
  const program = `import { spawnTrial } from '${SPAWN}'; await spawnTrial(${JSON.stringify(trialOf('announcing'))});`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, LEAKGATE_TEST_FILE: file, TMPDIR: folder },
    stdio: 'ignore',
  });
  const worker = Number(await until(() => contentOf(file)));
  expect(isAlive(worker)).toBe(true);
  parent.kill(signal);
  await until(() => !isAlive(worker));
  rmSync(folder, { recursive: true });
});
