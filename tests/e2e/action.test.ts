import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { COMMENT_MARKER } from '../../reports/pr-comment.ts';
import { readReport } from '../../reports/saved-report.ts';
import { type Finished, finished, temporaryFolder } from '../support/cli.ts';

// Two measured processes per step, on machines that may be busy.
vi.setConfig({ testTimeout: 180_000 });

/** Stands for GitHub's own: comments are files, and only those that begin with the marker are found. */
const GH = `#!/usr/bin/env bash
set -euo pipefail
store="$GH_STORE"
body="" method=GET path=""
while [[ $# -gt 0 ]]; do
  case $1 in
    --method) method=$2; shift 2;;
    -F) body="\${2#body=@}"; shift 2;;
    --jq) shift 2;;
    repos/*) path=$1; shift;;
    *) shift;;
  esac
done
echo "$method $path" >>"$store/log"
[[ ! -e "$store/read-only" ]] || exit 1
case $method in
  GET) for file in "$store"/[0-9]*; do [[ "$(head -n 1 "$file")" == "$LEAKGATE_MARKER" ]] && basename "$file"; done; true;;
  POST) cp "$body" "$store/$(( $(ls "$store" | grep -c '^[0-9]') + 1 ))";;
  PATCH)
    [[ ! -e "$store/foreign-\${path##*/}" ]] || { echo 'HTTP 403: not yours' >&2; exit 1; }
    cp "$body" "$store/\${path##*/}";;
esac
`;

const ARGS_OF_FEW = '--iterations 200 --budget 0 --no-evidence';

let folder: ReturnType<typeof temporaryFolder>;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = temporaryFolder();
  const at = (...names: string[]) => join(folder.path, ...names);
  for (const name of ['project', 'bin', 'store']) mkdirSync(at(name));
  script(at('bin', 'gh'), GH);
  script(
    at('bin', 'leakgate'),
    `#!/usr/bin/env bash\nexec node "${resolve('dist/scripts/leakgate.js')}" "$@"\n`,
  );
  writeFileSync(at('store', '1'), 'A comment of somebody else\n');
  writeFileSync(at('outputs'), '');
  env = {
    ...process.env,
    PATH: `${at('bin')}${delimiter}${process.env.PATH}`,
    GITHUB_ACTIONS: '',
    GITHUB_OUTPUT: at('outputs'),
    GITHUB_REPOSITORY: 'owner/project',
    GH_STORE: at('store'),
    LEAKGATE_BIN: at('bin', 'leakgate'),
    LEAKGATE_OUT: at('results'),
    LEAKGATE_SCENARIOS: 'leaks/cache.mjs',
    LEAKGATE_ARGS: '--iterations 200 --budget 5s',
    LEAKGATE_INSTALL: 'test -f leaks/cache.mjs',
    LEAKGATE_PULL_REQUEST: '7',
  };
  git('init', '--quiet');
});
afterEach(() => folder.remove());

function script(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
  return execFileSync('git', [...identity, ...args], {
    cwd: join(folder.path, 'project'),
    encoding: 'utf8',
  }).trim();
}

/** Commits a project whose scenario keeps so many timers per iteration; returns the commit. */
function commit(timers: number): string {
  const leaks = join(folder.path, 'project', 'leaks');
  mkdirSync(leaks, { recursive: true });
  const body = `for (let n = 0; n < ${timers}; n++) setTimeout(() => {}, 1e9).unref();`;
  writeFileSync(join(leaks, 'cache.mjs'), `export default { name: 'cache', iterate() { ${body} } };\n`);
  git('add', '-A');
  git('commit', '--quiet', '--allow-empty', '--message', `keep ${timers}`);
  return git('rev-parse', 'HEAD');
}

function step(name: string, more: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const cwd = join(folder.path, 'project');
  return finished(spawn(resolve('.github/action', `${name}.sh`), { cwd, env: { ...env, ...more } }));
}

const outputs = () => readFileSync(join(folder.path, 'outputs'), 'utf8');
const comments = () => readdirSync(join(folder.path, 'store')).filter(name => /^\d/.test(name));
const reportOf = (part: string) =>
  readReport(readFileSync(join(folder.path, 'results', part, 'report.json'), 'utf8'));

describe('the steps of the action', () => {
  test('write to another folder with each use', async () => {
    for (let use = 0; use < 2; use++) await step('folder', { RUNNER_TEMP: folder.path });
    const [first, second] = [...outputs().matchAll(/^path=(.*)$/gm)].map(([, path = '']) => path);
    expect([first, second].every(path => path !== undefined && existsSync(path))).toBe(true);
    expect(first).not.toBe(second);
  });

  test('pass a leak that was there before, fail one that is new, and tell it in one comment that is updated', async () => {
    const base = commit(1);
    commit(1);
    expect(await step('base', { LEAKGATE_BASE: base })).toMatchObject({ exitCode: 0 });
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
    expect(reportOf('base').exitCode).toBe(1);
    expect(await step('head')).toMatchObject({ exitCode: 0 });
    expect(outputs()).toContain('exit-code=0\n');
    await step('comment');
    expect(comments()).toEqual(['1', '2']);

    commit(2);
    await step('head');
    expect(outputs()).toContain('exit-code=1\n');
    expect(
      reportOf('head').trials[0]?.base?.comparisons.find(({ metric }) => metric.name === 'timers'),
    ).toMatchObject({
      base: 1,
      slope: 2,
      change: 'worse',
    });
    await step('comment');
    expect(comments()).toEqual(['1', '2']);
    const comment = readFileSync(join(folder.path, 'store', '2'), 'utf8');
    expect(comment.startsWith(COMMENT_MARKER)).toBe(true);
    expect(comment).toContain('### leakgate: cache default: LEAK, should be steady');
    expect(readFileSync(join(folder.path, 'store', '1'), 'utf8')).toBe('A comment of somebody else\n');
    expect(
      readFileSync(join(folder.path, 'store', 'log'), 'utf8')
        .split('\n')
        .slice(0, 4),
    ).toEqual([
      'GET repos/owner/project/issues/7/comments',
      'POST repos/owner/project/issues/7/comments',
      'GET repos/owner/project/issues/7/comments',
      'PATCH repos/owner/project/issues/comments/2',
    ]);
    for (const name of ['junit.xml', 'leakgate.sarif', 'report.json']) {
      expect(existsSync(join(folder.path, 'results', 'head', name))).toBe(true);
    }
  });

  test('judge the head by itself where the base has no such scenario, cannot be installed, or is not there', async () => {
    writeFileSync(join(folder.path, 'project', 'README.md'), '');
    git('add', '-A');
    git('commit', '--quiet', '--message', 'nothing yet');
    const empty = git('rev-parse', 'HEAD');
    const head = commit(0);
    const said = async (more: NodeJS.ProcessEnv) => {
      const { stdout, exitCode } = await step('base', more);
      expect(exitCode).toBe(0);
      expect(existsSync(join(folder.path, 'results', 'base'))).toBe(false);
      return stdout;
    };
    expect(await said({ LEAKGATE_BASE: empty, LEAKGATE_INSTALL: 'true' })).toContain('none of the scenarios');
    expect(await said({ LEAKGATE_BASE: head, LEAKGATE_INSTALL: 'false' })).toContain('cannot be installed');
    expect(await said({ LEAKGATE_BASE: '0'.repeat(40) })).toContain('cannot be fetched');
    expect(await said({ LEAKGATE_BASE: head, LEAKGATE_ARGS: '--iterations none' })).toContain(
      'cannot be measured',
    );
  });

  test('run every scenario of a list over several lines, and of a pattern', async () => {
    commit(0);
    const second = join(folder.path, 'project', 'leaks', 'second.mjs');
    writeFileSync(
      second,
      "export default { name: 'second', iterate() { setTimeout(() => {}, 1e9).unref(); } };\n",
    );
    await step('head', { LEAKGATE_SCENARIOS: 'leaks/cache.mjs\nleaks/second.mjs\n' });
    expect(outputs()).toContain('exit-code=1\n');
    await step('head', { LEAKGATE_SCENARIOS: 'leaks/*.mjs', LEAKGATE_ARGS: '--iterations 200\n--budget 5s' });
    expect(reportOf('head').trials.map(({ result }) => result.trial.scenario)).toEqual(['cache', 'second']);
  });

  test('measure the base where a pattern or the configuration names its scenarios', async () => {
    writeFileSync(
      join(folder.path, 'project', 'leakgate.config.json'),
      JSON.stringify({ scenarios: ['leaks/*.mjs'] }),
    );
    const base = commit(1);
    for (const scenarios of ['leaks/{cache,none}.mjs', 'leaks/**/*.mjs', '']) {
      const few = { LEAKGATE_BASE: base, LEAKGATE_SCENARIOS: scenarios, LEAKGATE_ARGS: ARGS_OF_FEW };
      await step('base', few);
      expect(reportOf('base').trials).toHaveLength(1);
      await step('head', few);
      expect(reportOf('head').trials[0]?.base).toBeDefined();
    }
    expect(outputs().match(/exit-code=0\n/g)).toHaveLength(3);
  });

  test('say in the comment that nothing could be measured, each use in its own', async () => {
    await step('head', { LEAKGATE_SCENARIOS: 'leaks/none.mjs' });
    expect(outputs()).toContain('exit-code=2\n');
    await step('comment', { LEAKGATE_COMMENT_ID: 'packages/api' });
    await step('head', { LEAKGATE_SCENARIOS: 'leaks/none.mjs' });
    await step('comment');
    expect(comments()).toEqual(['1', '2', '3']);
    const [, first, second] = comments().map(name => readFileSync(join(folder.path, 'store', name), 'utf8'));
    expect(first).toMatch(
      /^<!-- leakgate \(packages\/api\): .*\n### leakgate: this change could not be measured\n/,
    );
    expect(second?.startsWith(`${COMMENT_MARKER}\n`)).toBe(true);
  });

  test('write a comment of their own where somebody else has written one that begins alike', async () => {
    writeFileSync(join(folder.path, 'store', '2'), `${COMMENT_MARKER}\nI was here\n`);
    writeFileSync(join(folder.path, 'store', 'foreign-2'), '');
    commit(0);
    await step('head');
    for (let run = 0; run < 2; run++) expect(await step('comment')).toMatchObject({ exitCode: 0 });
    expect(comments()).toEqual(['1', '2', '3']);
    expect(readFileSync(join(folder.path, 'store', '2'), 'utf8')).toContain('I was here');
    expect(readFileSync(join(folder.path, 'store', '3'), 'utf8')).toContain('### leakgate');
  });

  test('warn where the token may not write', async () => {
    mkdirSync(join(folder.path, 'results', 'head'), { recursive: true });
    writeFileSync(join(folder.path, 'results', 'head', 'pr-comment.md'), `${COMMENT_MARKER}\ntext\n`);
    writeFileSync(join(folder.path, 'store', 'read-only'), '');
    const { exitCode, stdout } = await step('comment');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('::warning title=leakgate::The comment could not be written');
  });
});
