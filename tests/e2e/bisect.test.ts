import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { finished, leakgate, start, temporaryFolder } from '../support/cli.ts';

// Several builds and gates per test, on machines that may be busy.
vi.setConfig({ testTimeout: 240_000 });

const FEW = ['--iterations', '200', '--budget', '0'];
const SCENARIO = `import { connect } from '../dist/server.mjs';
export default { name: 'connect', iterate: () => connect() };
`;
const SERVER = (hangsUp: boolean, extra: string) => `import { EventEmitter } from 'node:events';
const bus = new EventEmitter();
bus.setMaxListeners(0);
export function connect() {
  const update = () => {};
  bus.on('update', update);
  ${hangsUp ? "bus.off('update', update);" : ''}
}
${extra}
`;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  git('init', '--quiet', '--initial-branch=main');
});
afterEach(() => folder.remove());

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: folder.path, encoding: 'utf8' }).trim();
}

function write(name: string, text: string): void {
  mkdirSync(join(folder.path, name, '..'), { recursive: true });
  writeFileSync(join(folder.path, name), text);
}

function commit(title: string): string {
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '-m', title);
  return git('rev-parse', 'HEAD');
}

/** Twelve commits: the leak comes with the 8th, the 6th and the 9th do not build, the scenario comes with the 11th. */
function history(): string[] {
  return Array.from({ length: 12 }, (_, index) => {
    const number = index + 1;
    const builds = number !== 6 && number !== 9;
    const build = builds ? 'mkdir -p dist && cp src/server.mjs dist/' : 'echo "no rule to build" && exit 3';
    write('package.json', JSON.stringify({ name: 'app', type: 'module', scripts: { build } }));
    write('.gitignore', 'dist/\nnode_modules/\n');
    write('src/server.mjs', SERVER(number < 8, `// change ${number}`));
    if (number >= 11) write('leaks/connect.mjs', SCENARIO);
    return commit(number === 8 ? 'Keep connections warm' : `Change ${number}`);
  });
}

test('names the commit that leaks first, skips those that do not build, and lends old ones the scenario', async () => {
  const commits = history();
  const args = ['bisect', 'leaks/connect.mjs', '--good', commits[0]!, '--bad', 'main', ...FEW];
  const outside = temporaryFolder();
  const summary = join(outside.path, 'summary.md');
  writeFileSync(summary, '');
  const { exitCode, stdout, stderr } = await leakgate(args, folder.path, {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: summary,
  });
  expect(readFileSync(summary, 'utf8')).toBe('');
  outside.remove();
  expect(stdout, stderr).toMatch(
    new RegExp(
      `^The leak came with ${commits[7]}\n  author  Ada <ada@example.org>\n  date .*\n  title   Keep connections warm\n` +
        `with it\n  LEAK  connect default .*\n(?:    .*\n)*before it, at ${commits[6]!.slice(0, 7)}\\w* "Change 7"\n  steady  connect default `,
    ),
  );
  expect(stdout).toMatch(
    /\n\nWhy connect default leaks .*\n.* held by a listener added at dist\/server\.mjs:6\n/,
  );
  expect(stderr).toMatch(/Testing \w+ "Change 12" \(the bad end\)\n {2}LEAK/);
  expect(stderr).toMatch(/Testing \w+ "Change 1" \(the good end\)\n {2}steady/);
  expect(stderr).toMatch(
    /Testing \w+ "Change [69]" .*\n {2}skipped: it does not build: npm run build: ended with 3/,
  );
  expect(exitCode).toBe(0);
  expect(git('status', '--porcelain')).toBe('');
  expect(git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('main');
  expect(git('for-each-ref', 'refs/bisect')).toBe('');
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
});

test('refuses ends that are not what they are said to be', async () => {
  const commits = history();
  const between = (good: string, bad: string) =>
    leakgate(['bisect', 'leaks/connect.mjs', '--json', '--good', good, '--bad', bad, ...FEW], folder.path);
  const steady = await between(commits[0]!, commits[4]!);
  expect(steady.stderr).toMatch(/the bad end \w+ "Change 5" must leak: it is steady/);
  expect(JSON.parse(steady.stdout)).toMatchObject({ outcome: 'wrong-end', end: 'bad', commit: commits[4] });
  const leaking = await between(commits[9]!, commits[11]!);
  expect(leaking.stderr).toMatch(/the good end \w+ "Change 10" must be steady: it leaks/);
  const broken = await between(commits[5]!, commits[11]!);
  expect(broken.stderr).toMatch(/the good end \w+ "Change 6" must be steady: it cannot be tested/);
  expect(leaking.stderr.match(/LEAK {2}connect/g)).toHaveLength(2);
  expect([steady, leaking, broken].map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
});

test('says which commits are left where all between were skipped', async () => {
  const commits = history();
  const args = ['bisect', 'leaks/connect.mjs', '--good', commits[6]!, '--bad', commits[8]!, ...FEW];
  const { exitCode, stdout, stderr } = await leakgate(
    [
      ...args,
      '--json',
      '--build-command',
      'test "$(git log -1 --format=%s)" != "Keep connections warm" && mkdir -p dist && cp src/* dist/',
    ],
    folder.path,
  );
  expect(stderr).toMatch(/only 'skip'ped commits left/);
  expect(stderr).toMatch(/"Keep connections warm"\n {2}\w+ "Change 9"/);
  expect(JSON.parse(stdout)).toEqual({ outcome: 'undecided', commits: [commits[7], commits[8]] });
  expect(exitCode).toBe(1);
});

/** A server without a build. */
function plain(hangsUp: boolean, title: string): string {
  write('package.json', '{"name": "app", "type": "module"}');
  write('.gitignore', 'node_modules/\npackage-lock.json\n');
  write('leaks/connect.mjs', SCENARIO.replace('dist/', ''));
  write('server.mjs', SERVER(hangsUp, `// ${title}`));
  return commit(title);
}

test('names every parent of a merge with which the leak came', async () => {
  const start = plain(true, 'Start');
  git('checkout', '--quiet', '-b', 'side');
  write('side.txt', '');
  const side = commit('Side');
  git('checkout', '--quiet', 'main');
  write('main.txt', '');
  const main = commit('Main');
  git('merge', '--quiet', '--no-ff', '--no-commit', 'side');
  const merge = plain(false, 'Merge');
  const args = ['bisect', 'leaks/connect.mjs', '--good', start, '--bad', 'main', ...FEW, '--no-evidence'];
  const { stdout, stderr } = await leakgate([...args, '--json', '--build-command', 'true'], folder.path);
  const found = JSON.parse(stdout) as { commit: string; parents: { commit: string; verdict: string }[] };
  expect(found.commit, stderr).toBe(merge);
  expect(found.parents.map(parent => parent.commit)).toEqual([main, side]);
  for (const { verdict } of found.parents) expect(verdict).toMatch(/^steady {2}connect default/);
});

test('says that the good end has a fix of its own where what both ends have in common leaks', async () => {
  const base = plain(false, 'Base');
  git('checkout', '--quiet', '-b', 'mended');
  plain(true, 'Mend');
  git('checkout', '--quiet', 'main');
  plain(false, 'Later');
  const args = ['bisect', 'leaks/connect.mjs', '--good', 'mended', '--bad', 'main', ...FEW, '--json'];
  const { exitCode, stdout, stderr } = await leakgate([...args, '--build-command', 'true'], folder.path);
  expect(stderr).toMatch(
    /as \w+ "Base", the last one that both ends have in common, must be steady: it leaks/,
  );
  expect(JSON.parse(stdout)).toEqual({ outcome: 'undecided', commits: [base] });
  expect(exitCode).toBe(1);
});

test('exits 2 for what is no revision, no scenario of the repository, or no repository', async () => {
  const [first] = history();
  const run = (...args: string[]) => leakgate(['bisect', ...args], folder.path);
  const revision = await run('leaks/connect.mjs', '--good', 'nowhere', '--bad', 'main');
  expect(revision.stderr).toBe(
    'leakgate: Cannot bisect as a revision must be a commit of the repository: "nowhere"\n',
  );
  const scenario = await run('auto-reload', '--good', first!, '--bad', 'main');
  expect(scenario.stderr).toMatch(/the scenario must be a file of the repository/);
  const same = await run('leaks/connect.mjs', '--good', 'main', '--bad', 'main');
  expect(same.stderr).toMatch(/good and bad must differ/);
  const exchanged = await run('leaks/connect.mjs', '--good', 'main', '--bad', first!);
  expect(exchanged.stderr).toMatch(
    /good must come before bad: main comes after [0-9a-f]{40}; are they exchanged\?/,
  );
  const unnamed = await run('--good', first!, '--bad', 'main');
  expect(unnamed.stderr).toMatch(/a scenario must be named/);
  const report = await run('leaks/connect.mjs', '--good', first!, '--bad', 'main', '--out', 'result');
  expect(report.stderr).toMatch(/unknown option '--out'/);
  const missing = await run('leaks/connect.mjs', '--bad', 'main');
  expect(missing.stderr).toMatch(/--good/);
  expect([revision, scenario, same, unnamed, missing].map(({ exitCode }) => exitCode)).toEqual(
    Array(5).fill(2),
  );
});

test('removes its worktree and ends the build when it is interrupted', async () => {
  const commits = history();
  const started = join(folder.path, 'started');
  const build = `echo $$ > ${started} && sleep 600`;
  const args = [
    'bisect',
    'leaks/connect.mjs',
    '--good',
    commits[0]!,
    '--bad',
    'main',
    '--build-command',
    build,
  ];
  const child = start(args, folder.path, { TMPDIR: folder.path });
  const end = finished(child);
  while (!existsSync(started) || readFileSync(started, 'utf8') === '') {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  child.kill('SIGINT');
  const { exitCode, stderr } = await end;
  expect(stderr).toContain('the worktree is removed');
  expect(exitCode).toBe(130);
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  expect(readdirSync(folder.path).filter(name => name.startsWith('leakgate-bisect-'))).toEqual([]);
  const pid = readFileSync(started, 'utf8').trim();
  expect(spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout).not.toMatch(/^[SRD]/);
});
