import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { SourcePosition } from '../../harness/model.ts';
import { readReport } from '../../reports/saved-report.ts';
import { expectNoLeak, LeakError } from '../../scripts/testing/index.ts';
import { temporaryFolder } from '../support/cli.ts';

// Several processes per test, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const FEW = { iterations: 200, budget: 0 };
const fixture = (name: string) => resolve('tests/e2e/scenarios', `${name}.mjs`);

const failure = (leaking: Promise<unknown>) =>
  leaking.then(
    () => {
      throw new Error('nothing was caught');
    },
    (error: LeakError) => error,
  );

test('resolves with the report of a scenario that keeps nothing, and keeps results where told', async () => {
  const folder = temporaryFolder();
  const report = await expectNoLeak(fixture('keeps-nothing'), { ...FEW, out: join(folder.path, 'kept') });
  expect(report.trials[0]?.verdict.outcome).toBe('steady');
  expect(report.trials[0]?.result.trial.options.iterations).toBe(200);
  expect(existsSync(join(folder.path, 'kept/report.json'))).toBe(true);
  folder.remove();
});

test('fails with the verdict in plain text where a scenario leaks', async () => {
  const error = await failure(expectNoLeak(fixture('keeps-everything'), FEW));
  expect(error).toBeInstanceOf(LeakError);
  expect(error.name).toBe('LeakError');
  expect(error.message).toMatch(/^Expected no leak:\n\nLEAK +keeps-everything default +NOT EXPECTED/);
  expect(error.message).not.toContain('\u001b');
  expect(error.report.exitCode).toBe(1);
  expect(Object.keys(error)).not.toContain('report');
});

test('says what a function must do without when it reaches for a variable around it', async () => {
  const around = [1];
  const { message } = await failure(expectNoLeak(() => around.push(1), FEW));
  expect(message).toMatch(
    /SCENARIO ERROR[\s\S]*"around" is not there, as the function runs in a process of its own/,
  );
});

test('fails with one line for a scenario or an option that cannot be used', async () => {
  expect((await failure(expectNoLeak('nowhere.mjs'))).message).toMatch(
    /^Cannot read the scenario as the file must exist/,
  );
  const { message } = await failure(expectNoLeak(() => {}, { iterations: 3 }));
  expect(message).toBe(
    'Cannot plan "function" as iterations must be a whole number >= 7: current value is 3',
  );
});

test('says once that a module does not export what is to be repeated', async () => {
  const { message } = await failure(expectNoLeak({ module: fixture('keeps-nothing'), export: 'nothing' }));
  expect(message).toMatch(/^Cannot load scenario .* Cannot repeat "nothing" of .*: it exports default$/);
});

test('names the line of the test file on which a function makes what it keeps', () => {
  const { text, created } = expectationOf("await import('./beside.mjs');\n  setInterval(() => {}, 1e6);");
  expect(text).toMatch(/created at \S*kept\.mjs:7\b/);
  expect(text).not.toContain('(function');
  expect(created).toMatchObject({ file: expect.stringMatching(/kept\.mjs$/) as string, line: 7 });
});

test('names no line of a function that stands in its file twice', () => {
  const { text } = expectationOf('setInterval(() => {}, 1e6);', true);
  expect(text).toMatch(/created at \S*kept\.mjs \(function keeper\)(?!:)/);
});

/** What a test file of its own, run by Node alone, hears and keeps of a function with this body on line 6. */
function expectationOf(body: string, twice = false): { text: string; created: SourcePosition | undefined } {
  const folder = temporaryFolder();
  const path = join(folder.path, 'kept.mjs');
  const index = resolve('dist/scripts/testing/index.js');
  const out = join(folder.path, 'kept');
  const options = `{ out: ${JSON.stringify(out)}, iterations: 200, budget: 0 }`;
  const lines = [
    `import { expectNoLeak } from ${JSON.stringify(index)};`,
    '',
    '',
    '',
    `const keeper = async () => {`,
    `  ${body}`,
    '};',
    twice ? `const other = async () => {\n  ${body}\n};` : '',
    `await expectNoLeak(keeper, ${options}).catch(error => console.log(error.message));`,
  ];
  writeFileSync(path, lines.join('\n'));
  writeFileSync(join(folder.path, 'beside.mjs'), '');
  const text = execFileSync(process.execPath, [path], { encoding: 'utf8' });
  const [evidence] = readReport(readFileSync(join(out, 'report.json'), 'utf8')).evidence;
  folder.remove();
  return {
    text,
    created: evidence?.outcome === 'completed' ? evidence.resources[0]?.created[0] : undefined,
  };
}

test('ends at once when its signal is aborted', async () => {
  const controller = new AbortController();
  const running = expectNoLeak(fixture('endless'), { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('no longer wanted')), 1000);
  await expect(running).rejects.toThrow('no longer wanted');
});

test('can be required', async () => {
  const testing = createRequire(import.meta.url)('../../scripts/testing/index.cjs') as {
    expectNoLeak: typeof expectNoLeak;
  };
  await testing.expectNoLeak(fixture('keeps-nothing'), FEW);
});
