import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { trialOf } from '../support/trials.ts';

const SPAWN = new URL('../../dist/harness/worker/spawn.js', import.meta.url).href;

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

async function until<T>(look: () => T): Promise<T> {
  for (;;) {
    const seen = look();
    if (seen) return seen;
    await wait(20);
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
