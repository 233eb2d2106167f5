import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { validateWorkflow } from '@action-validator/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError } from '../../../harness/errors.ts';
import { init } from '../../../scripts/init/init.ts';
import { temporaryFolder } from '../../support/cli.ts';

const SERVER = "require('node:http').createServer().listen(3000);\n";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  write('package.json', { name: 'app' });
});
afterEach(() => folder.remove());

function write(name: string, content: string | object): void {
  mkdirSync(join(folder.path, name, '..'), { recursive: true });
  writeFileSync(join(folder.path, name), typeof content === 'string' ? content : JSON.stringify(content));
}

function read(name: string): string {
  return readFileSync(join(folder.path, name), 'utf8');
}

/** Answers to the questions, one a line; `undefined`: nobody is there. */
async function set(answers?: readonly string[], below = ''): Promise<{ exitCode: number; said: string }> {
  const stdin = Object.assign(new PassThrough(), { isTTY: answers !== undefined });
  const stdout = new PassThrough();
  let said = '';
  const waiting = [...(answers ?? [])];
  stdout.on('data', text => {
    said += String(text);
    if (!/[)\]] $/.test(String(text))) return;
    const next = waiting.shift();
    if (next === undefined) stdin.end();
    else stdin.write(`${next}\n`);
  });
  const terminal = { write: (text: string | Uint8Array) => (said += String(text)) };
  const surroundings = {
    stdout: terminal,
    stderr: terminal,
    env: {},
    cwd: () => join(folder.path, below),
    on: () => {},
    off: () => {},
  };
  const exitCode = await init({ yes: answers === undefined }, surroundings, { stdin, stdout });
  return { exitCode, said };
}

describe('with --yes', () => {
  test('a package below the top of a repository gets its workflow at the top, which works in the package', async () => {
    mkdirSync(join(folder.path, '.git'));
    write('packages/api/package.json', { name: 'api', packageManager: 'npm@10.0.0' });
    write('packages/api/server.js', SERVER);
    const { said } = await set(undefined, 'packages/api');
    const workflow = read('.github/workflows/leakgate-packages-api.yml');
    expect(workflow).toContain(
      '    defaults:\n      run:\n        working-directory: packages/api\n    steps:\n',
    );
    expect(workflow).toContain('path: packages/api/out/leakgate');
    expect(read('packages/api/.gitignore')).toBe('out/\n');
    expect(said).toContain('wrote  ../../.github/workflows/leakgate-packages-api.yml');
  });

  test('a package of a workspace is installed by the lock file of the workspace', async () => {
    mkdirSync(join(folder.path, '.git'));
    write('package.json', { packageManager: 'pnpm@9.0.0' });
    write('pnpm-lock.yaml', '');
    write('pnpm-workspace.yaml', "packages:\n  - '@app/*'\n");
    write('@app/api/package.json', { name: 'api' });
    write('@app/api/server.js', SERVER);
    await set(undefined, '@app/api');
    const workflow = read('.github/workflows/leakgate-@app-api.yml');
    expect(workflow).toContain('run: pnpm install --frozen-lockfile');
    expect(workflow).toContain('cache-dependency-path: pnpm-lock.yaml');
    expect(workflow).toContain('working-directory: "@app/api"');
    expect(workflow).not.toMatch(/ version: /);
    expect(validateWorkflow(workflow).errors).toEqual([]);
  });

  test('a configuration that is there is kept, whatever it is written in', async () => {
    write('server.js', SERVER);
    write('leakgate.config.json', { scenarios: ['leaks/server.mjs'] });
    const { said } = await set();
    expect(said).toContain('kept   leakgate.config.json, which was there');
    expect(said).toContain('npx leakgate run  ');
    expect(said).not.toContain('edit leakgate.config.json');
    expect(() => read('leakgate.config.mjs')).toThrow('ENOENT');
  });

  test('a configuration of other scenarios is to name this one, which is run by its path meanwhile', async () => {
    write('server.js', SERVER);
    write('leaks/other.mjs', '');
    write('leakgate.config.json', { scenarios: ['leaks/other.mjs'] });
    const { said } = await set();
    expect(said).toContain('npx leakgate run leaks/server.mjs  ');
    expect(said).toMatch(
      / {2}edit leakgate\.config\.json +to name leaks\/server\.mjs among its scenarios, for the workflow/,
    );
  });

  test('a configuration whose pattern finds the scenario is left as it is', async () => {
    write('server.js', SERVER);
    write('leakgate.config.json', { scenarios: ['*/*.mjs'] });
    const { said } = await set();
    expect(said).toContain('npx leakgate run  ');
    expect(said).not.toContain('edit leakgate.config.json');
  });

  test('a package within the repository is within reach of the workflow', async () => {
    mkdirSync(join(folder.path, '.git'));
    write('packages/api/server.js', SERVER);
    write('packages/api/package.json', { devDependencies: { leakgate: 'file:../../vendor/leakgate.tgz' } });
    expect((await set(undefined, 'packages/api')).said).not.toContain('takes leakgate from');
  });

  test('a server gets a scenario that asks it, a configuration and a workflow', async () => {
    write('server.js', SERVER);
    const { exitCode, said } = await set();
    expect(exitCode).toBe(0);
    expect(read('leaks/server.mjs')).toContain("import('../server.js')");
    expect(read('leakgate.config.mjs')).toContain("scenarios: ['leaks/*.mjs']");
    expect(read('.github/workflows/leakgate.yml')).toContain('run: npx leakgate run');
    expect(said).toMatch(
      /Next\n {2}npm install --save-dev \.\/leakgate-[\d.]+\.tgz +the file that `npm pack` makes .*\n {2}npx leakgate run +asks server\.js/,
    );
  });

  test.each([
    [
      'as the main module alone',
      'if (require.main === module) app.listen(3000); else module.exports = { listen: to => app.listen(to) };',
    ],
    ['under its own path alone', 'if (process.argv[1] === __filename) app.listen(process.env.PORT || 3000);'],
    ['a while after it was loaded', 'setTimeout(() => app.listen(process.env.PORT || 3000), 200);'],
  ])('the scenario reaches a server that listens %s', async (_, start) => {
    write(
      "it's a server.js",
      `const app = require('node:http').createServer((_, response) => response.end());\n${start}\n`,
    );
    write('package.json', { name: 'app', main: "it's a server.js" });
    await set();
    const trial = `const { default: scenario } = await import('./leaks/it-s-a-server.mjs');
      const origin = await scenario.setup();
      await scenario.iterate(origin);
      process.stdout.write(origin);
      process.exit(0);`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', trial], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    expect(stdout, stderr).toMatch(/^http:\/\/localhost:\d+$/);
  });

  test('an application that is only exported is taken for a server too', async () => {
    write('app.js', "const express = require('express');\nmodule.exports = express();\n");
    await set();
    expect(read('leaks/app.mjs')).toContain('fetch(');
  });

  test('a package that lies outside of the project is said to be out of reach of the workflow', async () => {
    write('server.js', SERVER);
    write('package.json', { name: 'app', devDependencies: { leakgate: 'file:../leakgate-0.1.0.tgz' } });
    expect((await set()).said).toContain('takes leakgate from file:../leakgate-0.1.0.tgz');
    for (const within of ['vendor', '..vendor']) {
      write('package.json', { devDependencies: { leakgate: `file:${within}/leakgate-0.1.0.tgz` } });
      expect((await set()).said).not.toContain('takes leakgate from');
    }
  });

  test('a workspace without a file to test is said to have packages', async () => {
    write('package.json', { name: 'all', workspaces: ['packages/*'] });
    await expect(set()).rejects.toThrow(
      /none was found; the packages of this workspace are tested in their own folders$/,
    );
  });

  test('leakgate may be a dependency of the workspace', async () => {
    mkdirSync(join(folder.path, '.git'));
    write('package.json', { workspaces: ['packages/*'], devDependencies: { leakgate: '0.1.0' } });
    write('package-lock.json', '');
    write('packages/api/package.json', { name: 'api' });
    write('packages/api/server.js', SERVER);
    const { said } = await set(undefined, 'packages/api');
    expect(said).not.toContain('install');
    expect(said).toMatch(/Next\n {2}npx leakgate run/);
    expect(read('.github/workflows/leakgate-packages-api.yml')).toMatch(/^name: "leakgate packages\/api"$/m);
  });

  test('yarn runs the leakgate of the workspace from a package of it', async () => {
    mkdirSync(join(folder.path, '.git'));
    write('package.json', {
      workspaces: ['packages/*'],
      devDependencies: { leakgate: 'file:../leakgate.tgz' },
      packageManager: 'yarn@4.5.0',
    });
    write('yarn.lock', '');
    write('packages/api/package.json', { name: 'api' });
    write('packages/api/server.js', SERVER);
    const { said } = await set(undefined, 'packages/api');
    expect(said).toMatch(/Next\n {2}yarn run --top-level leakgate run/);
    expect(said).toContain("the workspace's package.json takes leakgate from file:../leakgate.tgz");
    expect(read('.github/workflows/leakgate-packages-api.yml')).toContain(
      'run: yarn run --top-level leakgate run',
    );
  });

  test('a module gets a scenario that fails until it says what to repeat', async () => {
    write('src/index.js', 'export const open = () => {};\n');
    const { said } = await set();
    expect(read('leaks/index.mjs')).toMatch(/from '..\/src\/index\.js'[\s\S]*throw new Error/);
    expect(said).toMatch(
      /Next\n[\s\S]*edit leaks\/index\.mjs +to say what is repeated\n {2}npx leakgate run/,
    );
  });

  test('what is there is kept', async () => {
    write('server.js', SERVER);
    write('leaks/server.mjs', 'mine');
    write('leakgate.config.mjs', 'mine');
    const { said } = await set();
    expect([read('leaks/server.mjs'), read('leakgate.config.mjs')]).toEqual(['mine', 'mine']);
    expect(said).toContain('kept   leaks/server.mjs, which was there');
  });

  test.each<[string, string, string[]]>([
    [
      'npm',
      'package-lock.json',
      ['cache: npm', 'run: npm ci', 'run: npm run build', 'run: npx leakgate run'],
    ],
    [
      'pnpm',
      'pnpm-lock.yaml',
      [
        'pnpm/action-setup@v4\n        with:\n          version: 10',
        'run: pnpm install --frozen-lockfile',
        'run: pnpm exec leakgate run',
      ],
    ],
    ['yarn', 'yarn.lock', ['cache: yarn', 'run: yarn install --frozen-lockfile', 'run: yarn leakgate run']],
    ['bun', 'bun.lock', ['setup-bun', 'run: bun install --frozen-lockfile', 'run: bunx leakgate run']],
    ['bun', 'bun.lockb', ['setup-bun', 'run: bun install --frozen-lockfile', 'run: bunx leakgate run']],
  ])('the workflow speaks to %s', async (_manager, lockFile, lines) => {
    write('package.json', { scripts: { build: 'tsc' }, main: 'index.js' });
    write('index.js', '');
    write(lockFile, '');
    await set();
    for (const line of lines) expect(read('.github/workflows/leakgate.yml')).toContain(line);
  });

  test('TypeScript gets a typed configuration, and what its build writes is tested', async () => {
    write('package.json', {
      scripts: { build: 'tsc' },
      main: 'dist/index.js',
      devDependencies: { leakgate: '1' },
    });
    write('tsconfig.json', '{}');
    write('src/index.ts', '');
    const { said } = await set();
    expect(read('leakgate.config.ts')).toContain('export default defineConfig(');
    expect(read('leaks/index.mjs')).toContain("from '../dist/index.js'");
    expect(said).toMatch(/Next\n {2}npm run build/);
  });

  test('TypeScript without a build is imported as it is, and which Node can do that is said', async () => {
    write('tsconfig.json', '{}');
    write('src/index.ts', '');
    const { said } = await set();
    expect(read('leaks/index.mjs')).toContain("from '../src/index.ts'");
    expect(said).toContain('src/index.ts can be imported from Node 22.18 on');
    const [, major] = /node-version: (\d+)/.exec(read('.github/workflows/leakgate.yml')) ?? [];
    expect(Number(major)).toBeGreaterThanOrEqual(22);
  });

  test('in a repository the folder for results is ignored, once', async () => {
    write('server.js', SERVER);
    mkdirSync(join(folder.path, '.git'));
    write('.gitignore', 'node_modules');
    await set();
    await set();
    expect(read('.gitignore')).toBe('node_modules\nout/\n');
  });

  test('what starts comes before what is exported, and both before what files are called', async () => {
    for (const file of ['bin/www.js', 'lib/main.js', 'index.js']) write(file, '');
    write('package.json', {
      scripts: { start: 'node --enable-source-maps ./bin/www.js' },
      main: 'lib/main.js',
    });
    await set();
    expect(read('leaks/www.mjs')).toContain('../bin/www.js');
    write('package.json', { exports: { '.': { types: './x.d.ts', import: './lib/main.js' } } });
    await set();
    expect(read('leaks/main.mjs')).toContain('../lib/main.js');
  });

  test.each([
    ['a module loaded before it', 'node -r ./tracing.js server.js', undefined, 'server.js'],
    ['a package loaded before it', 'node -r dotenv/config src/app.js', undefined, 'src/app.js'],
    ['another way to load one', 'node --import ./tracing.js --inspect server.js', undefined, 'server.js'],
    ['no ending', undefined, 'lib/pool', 'lib/pool.js'],
    ['the name of a folder', undefined, './lib', 'lib/index.js'],
    ['no file yet', 'node .', 'dist/pool', 'index.js'],
  ])('what is started or exported with %s is found', async (_name, start, main, entry) => {
    for (const file of ['tracing.js', 'server.js', 'src/app.js', 'lib/pool.js', 'lib/index.js', 'index.js'])
      if (file !== 'server.js' || start !== undefined) write(file, '');
    write('package.json', { scripts: { start }, main });
    const { said } = await set();
    if (start === 'node .') expect(said).toMatch(/leaks\/server\.mjs/);
    else expect(said).toContain(`edit leaks/${entry.replace(/^.*\//, '').replace(/js$/, 'mjs')}`);
  });

  test('a server that its build has yet to write is told from its source', async () => {
    write('package.json', { scripts: { build: 'tsc', start: 'node dist/server.js' } });
    write('tsconfig.json', '{}');
    write('src/server.ts', SERVER);
    const { said } = await set();
    expect(said).toContain('asks dist/server.js for "/"');
  });

  test('the manager that the package.json names is used where no lock file tells', async () => {
    write('package.json', { packageManager: 'pnpm@10.1.0' });
    write('server.js', SERVER);
    expect((await set()).said).toContain('pnpm add --save-dev ./leakgate-');
  });

  test.each([
    ['that is not JSON', '{ "name": "x", }', /must be a JSON object: .*package\.json: /],
    ['that is no object', 'null', /must be a JSON object: .*package\.json: it is none$/],
  ])('a package.json %s is refused', async (_name, text, message) => {
    write('package.json', text);
    write('server.js', SERVER);
    await expect(set()).rejects.toThrow(message);
    await expect(set()).rejects.toThrow(UsageError);
  });

  test('fields of a package.json that are of another kind are passed over', async () => {
    write('package.json', { main: ['a.js'], scripts: 5 });
    write('server.js', SERVER);
    expect((await set()).said).toContain('asks server.js');
    write('package.json', { scripts: { '//': ['a', 'comment'], start: 'node bin/www.js' } });
    write('bin/www.js', SERVER);
    expect((await set()).said).toContain('asks bin/www.js');
  });

  test('without a file to test there is nothing to write', async () => {
    await expect(set()).rejects.toThrow(/there must be a file to test.*: none was found$/);
  });
});

describe('asking', () => {
  test('Enter takes the defaults', async () => {
    write('server.js', SERVER);
    const { exitCode, said } = await set(['', '', '', '', '']);
    expect(exitCode).toBe(0);
    expect(said).toContain('Which file is to be tested: one that starts a server, or a module? (server.js)');
    expect(read('leaks/server.mjs')).toContain('fetch(');
  });

  test('what lies where a file should, and is none, is told', async () => {
    write('server.js', SERVER);
    mkdirSync(join(folder.path, 'leaks/server.mjs'), { recursive: true });
    await expect(set(['', '', ''])).rejects.toThrow(
      /^Cannot read leaks\/server\.mjs as it must be a file that can be read: EISDIR/,
    );
  });

  test('a folder that cannot be made is told', async () => {
    write('server.js', SERVER);
    write('leaks', 'a file');
    await expect(set(['', '', ''])).rejects.toThrow(
      /^Cannot write leaks\/server\.mjs as its folder must be writable: E/,
    );
  });

  test('what is no file is asked for again', async () => {
    write('server.js', SERVER);
    write('lib/index.js', '');
    const { exitCode, said } = await set(['lib', 'lib/index.js', 'n', '', '', '']);
    expect(exitCode).toBe(0);
    expect(said).toContain(`There is no file lib in ${folder.path}`);
    expect(read('leaks/index.mjs')).toContain('../lib/index.js');
  });

  test('what was left out is no next step', async () => {
    write('server.js', SERVER);
    const unconfigured = await set(['', '', 'y', 'n', 'n']);
    expect(unconfigured.said).toContain('npx leakgate run leaks/server.mjs ');
    const nothing = await set(['', '', 'n', 'n', 'n']);
    expect(nothing.said).toContain('kept   leaks/server.mjs, which says so already');
    write('other.js', SERVER);
    const left = await set(['other.js', '', 'n', 'n', 'n']);
    expect(left.said).toContain('left   leaks/other.mjs out');
    expect(left.said).not.toContain('leakgate run');
    expect(left.said).not.toContain('edit');
  });

  test('another file, no server, no workflow; and a file that is there only goes when told', async () => {
    write('server.js', SERVER);
    write('lib/cache.js', '');
    write('leaks/cache.mjs', 'mine');
    const refused = await set(['lib/cache.js', 'n', '', 'n', 'n']);
    expect(refused.said).toMatch(/leaks\/cache\.mjs is there already: overwrite it\? \[y\/N\]/);
    expect(read('leaks/cache.mjs')).toBe('mine');
    expect(() => read('.github/workflows/leakgate.yml')).toThrow('ENOENT');
    await set(['lib/cache.js', 'perhaps', 'n', 'y', 'n', 'n']);
    expect(read('leaks/cache.mjs')).toContain('../lib/cache.js');
  });

  test('the end of the input ends it, with 130', async () => {
    write('server.js', SERVER);
    const { exitCode, said } = await set(['']);
    expect(exitCode).toBe(130);
    expect(said).toContain('Ended before the last answer');
  });
});
