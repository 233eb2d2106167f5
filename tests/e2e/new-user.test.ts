import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../support/cli.ts';

// Packs, installs and measures.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

/** As people write it: a listener per request on something that lives as long as the process. */
const SERVER = `const { createServer } = require('node:http');
const { EventEmitter } = require('node:events');
const settings = new EventEmitter();
settings.setMaxListeners(0);
createServer((request, response) => {
  let greeting = 'hello';
  settings.on('change', value => {
    greeting = value;
  });
  response.end(greeting);
}).listen(process.env.PORT || 3000);
`;

let folder: ReturnType<typeof temporaryFolder>;
let project: string;
beforeEach(() => {
  folder = temporaryFolder();
  project = join(folder.path, 'app');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"name": "app", "private": true}');
  writeFileSync(join(project, 'server.js'), SERVER);
});
afterEach(() => folder.remove());

function npx(...args: string[]) {
  // The environment of `npm test` must not pass for the user's.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  return spawnSync('npx', ['--no', ...args], { cwd: project, env, encoding: 'utf8' });
}

test('three commands lead from a server that leaks a listener per request to a red gate', () => {
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder.path], { stdio: 'ignore' });
  const tarball = readdirSync(folder.path).find(name => name.endsWith('.tgz')) ?? '';
  const install = [
    'install',
    '--save-dev',
    '--prefer-offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  execFileSync('npm', [...install, join(folder.path, tarball)], { cwd: project, stdio: 'ignore' });

  const init = npx('leakgate', 'init', '--yes');
  expect(init.stdout, init.stderr).toContain('npx leakgate run');
  const run = npx('leakgate', 'run');
  expect(run.stdout, run.stderr).toMatch(/LEAK +server default +NOT EXPECTED/);
  expect(run.stdout).toContain('held by a listener added at server.js:7');
  expect(run.status).toBe(1);

  writeFileSync(join(project, 'server.js'), SERVER.replace('response.end', 'response.writeHead(404).end'));
  const missing = npx('leakgate', 'run');
  expect(missing.stdout, missing.stderr).toMatch(
    /SCENARIO ERROR.*must\s+be\s+answered\s+with\s+success:\s+404/s,
  );
  expect(missing.status).toBe(1);

  const types = `import { expectNoLeak } from 'leakgate/test';
    import { defineConfig } from 'leakgate/config';
    import { defineScenario } from 'leakgate/scenario';
    console.log(typeof expectNoLeak, typeof defineConfig, typeof defineScenario);`;
  const loaded = execFileSync(process.execPath, ['--input-type=module', '-e', types], { cwd: project });
  expect(String(loaded)).toBe('function function function\n');
});
