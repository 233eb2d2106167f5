import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Finished, leakgate, temporaryFolder } from '../support/cli.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const LEAKING = resolve('tests/e2e/scenarios/keeps-everything.mjs');
const RUN = ['run', LEAKING, '--iterations', '150', '--budget', '5s'];

let folder: ReturnType<typeof temporaryFolder>;
let run: Finished;
beforeAll(async () => {
  folder = temporaryFolder();
  const reporters = ['junit', 'tap=deep/er/leaks.tap', 'sarif', 'pr-comment'].flatMap(one => [
    '--reporter',
    one,
  ]);
  run = await leakgate([...RUN, '--out', 'result', ...reporters, '--json'], folder.path, {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(folder.path, 'summary.md'),
  });
});
afterAll(() => folder.remove());

const text = (name: string) => readFileSync(join(folder.path, name), 'utf8');

describe('--reporter', () => {
  test('writes each format, to the path given or into the folder of the run', () => {
    expect(run.exitCode).toBe(1);
    expect(text('result/junit.xml')).toContain('<failure type="leak" message="LEAK, should be steady">');
    expect(text('deep/er/leaks.tap')).toContain(
      'not ok 1 - keeps-everything default: LEAK, should be steady',
    );
    expect(text('result/leakgate.sarif')).toContain('"ruleId": "leak-object"');
    expect(text('result/pr-comment.md')).toContain('### leakgate: keeps-everything default: LEAK');
  });

  test('writes what render makes of the saved report', async () => {
    for (const [format, file] of [
      ['junit', 'result/junit.xml'],
      ['sarif', 'result/leakgate.sarif'],
      ['pr-comment', 'result/pr-comment.md'],
    ] as const) {
      const { stdout, exitCode } = await leakgate(['render', 'result', '--format', format], folder.path);
      expect(stdout).toBe(text(file));
      expect(exitCode).toBe(0);
    }
  });

  test('with a path that cannot be written leaves the older report where it is', async () => {
    const before = text('result/report.json');
    const refused = await leakgate(
      [...RUN, '--out', 'result', '--reporter', 'tap=summary.md/x'],
      folder.path,
    );
    expect(refused.stderr).toContain('Cannot write the report as its file must be writable');
    expect(refused.exitCode).toBe(2);
    expect(text('result/report.json')).toBe(before);
    expect(text('result/samples.jsonl')).not.toBe('');
  });

  test('that can no longer be written takes nothing from the verdict', async () => {
    const scenario = join(folder.path, 'blocking.mjs');
    writeFileSync(
      scenario,
      `import { mkdirSync, rmSync } from 'node:fs';
      export default {
        name: 'blocking',
        setup: () => {
          rmSync('report.tap', { force: true, recursive: true });
          mkdirSync('report.tap');
        },
        iterate: () => {},
      };`,
    );
    const args = ['run', scenario, '--iterations', '150', '--budget', '0', '--reporter', 'tap=report.tap'];
    const { exitCode, stdout, stderr } = await leakgate([...args, '--out', 'blocked'], folder.path);
    expect(stdout).toMatch(/blocking default/);
    expect(stderr).toMatch(/\nleakgate: .*EISDIR/);
    expect(exitCode).toBe(2);
  });

  test('fails before the first trial for a path that cannot be written, and for a format that is unknown', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    const path = await leakgate([...RUN, '--out', 'early', '--reporter', 'junit=file/x.xml'], folder.path);
    expect(path.stderr).toMatch(/^leakgate: Cannot write the report as its file must be writable: /);
    expect(existsSync(join(folder.path, 'early/report.json'))).toBe(false);
    const format = await leakgate([...RUN, '--reporter', 'xunit=x.xml'], folder.path);
    expect(format.stderr).toContain('format must be one of text, markdown, html, json');
    expect([path.exitCode, format.exitCode]).toEqual([2, 2]);
  });
});

describe('in GitHub Actions', () => {
  test('annotations go to standard error and the summary to its file, without being asked for', () => {
    expect(JSON.parse(run.stdout)).toMatchObject({ exitCode: 1 });
    expect(run.stderr).toMatch(
      /^::error file=.*keeps-everything\.mjs,line=6,col=5,title=keeps-everything default%3A LEAK%2C should/m,
    );
    expect(text('summary.md')).toMatch(/^### leakgate: keeps-everything default: LEAK, should be steady\n/);
  });

  test('--no-github turns both off', async () => {
    const { stderr } = await leakgate([...RUN, '--out', 'quiet', '--no-github'], folder.path, {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: join(folder.path, 'none.md'),
    });
    expect(stderr).not.toContain('::error');
    expect(existsSync(join(folder.path, 'none.md'))).toBe(false);
  });
});
