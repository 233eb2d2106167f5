import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Client } from '../../harness/targets/engine/client.ts';
import { finished, start, temporaryFolder } from '../support/cli.ts';

const ZONE =
  '@ 300 IN SOA ns admin 1 7200 1800 1209600 300\n@ 300 IN NS ns\nns 300 IN A 10.0.0.1\nwww 300 IN A 10.0.0.';

let folder: ReturnType<typeof temporaryFolder>;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder.path, 'Corefile'), '. {\n  file db.a.example a.example\n}\n');
  writeFileSync(join(folder.path, 'db.a.example'), `${ZONE}7\n`);
});
afterEach(() => {
  child?.kill('SIGKILL');
  folder.remove();
});

test('answers over UDP and TCP, reloads at SIGUSR1, and ends cleanly at SIGTERM', async () => {
  child = start(['serve', '--conf', 'Corefile', '--port', '0'], folder.path);
  const end = finished(child);
  const port = await printed(child, /:(\d+)\s*$/m);
  const client = new Client(Number(port));
  expect(await client.ask('www.a.example', 'A', 'udp')).toEqual({
    rcode: 'NOERROR',
    answers: ['www.a.example A 10.0.0.7'],
  });
  expect((await client.ask('www.a.example', 'A', 'tcp')).answers).toEqual(['www.a.example A 10.0.0.7']);

  writeFileSync(join(folder.path, 'db.a.example'), `${ZONE}8\n`);
  child.kill('SIGUSR1');
  await printed(child, /(Reloading complete)/);
  expect((await client.ask('www.a.example', 'A')).answers).toEqual(['www.a.example A 10.0.0.8']);

  writeFileSync(join(folder.path, 'Corefile'), '. {\n  nonsense\n}\n');
  child.kill('SIGUSR1');
  await printed(child, /(Unknown directive 'nonsense')/);
  expect((await client.ask('www.a.example', 'A')).answers).toEqual(['www.a.example A 10.0.0.8']);

  client.close();
  child.kill('SIGTERM');
  expect((await end).exitCode).toBe(0);
});

test('refuses a bad Corefile with file and line, and no stack', async () => {
  writeFileSync(join(folder.path, 'Corefile'), '. {\n  nonsense\n}\n');
  child = start(['serve', '--conf', 'Corefile', '--port', '0'], folder.path);
  const { exitCode, stderr } = await finished(child);
  expect(stderr).toMatch(/Corefile:2 - Error during parsing: Unknown directive 'nonsense'/);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(exitCode).toBe(2);
});

test('says which option named a Corefile that is not there', async () => {
  child = start(['serve', '--conf', 'nowhere'], folder.path);
  const { exitCode, stderr } = await finished(child);
  expect(stderr).toMatch(/^leakgate: Cannot serve as --conf must be a readable file: ENOENT/);
  expect(exitCode).toBe(2);
});

/** Waits until the process prints something that matches; gives the first group. */
function printed(process_: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise(done => {
    let text = '';
    const look = (chunk: string | Buffer) => {
      text += chunk.toString();
      const found = pattern.exec(text)?.[1];
      if (found === undefined) return;
      process_.stdout?.off('data', look);
      process_.stderr?.off('data', look);
      done(found);
    };
    process_.stdout?.on('data', look);
    process_.stderr?.on('data', look);
  });
}
