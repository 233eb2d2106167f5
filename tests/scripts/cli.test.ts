import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Prints every module that is loaded. */
const HOOK = `
export async function load(url, context, next) {
  if (url.startsWith('file:')) process._rawDebug('loaded ' + url);
  return next(url, context);
}`;

test('help waits for no report, chart, engine, validation or judgement to load', () => {
  const hook = `data:text/javascript,${encodeURIComponent(HOOK)}`;
  const register = `data:text/javascript,${encodeURIComponent(`import { register } from 'node:module'; register(${JSON.stringify(hook)});`)}`;
  const loaded = execFileSync(
    'sh',
    ['-c', `"$0" --import "$1" dist/scripts/leakgate.js --help 2>&1`, process.execPath, register],
    { encoding: 'utf8' },
  );
  const files = loaded.split('\n').filter(line => line.startsWith('loaded '));
  expect(loaded).toContain('Usage: leakgate');
  expect(files.some(file => file.endsWith('/dist/scripts/cli.js'))).toBe(true);
  expect(
    files.filter(file =>
      /\/dist\/(reports\/(?!format-names)|harness\/(judge|stats|snapshot|probes))|\/node_modules\/(?!commander\/)/.test(
        file,
      ),
    ),
  ).toEqual([]);
});

test('help on a command within another is that command’s', () => {
  const help = (...words: string[]) =>
    spawnSync(process.execPath, ['dist/scripts/leakgate.js', ...words], { encoding: 'utf8' }).stdout;
  expect(help('help', 'bench', 'detectors')).toBe(help('bench', 'detectors', '--help'));
  expect(help('help', 'bench')).toBe(help('bench', '--help'));
});

test('help on a command that there is not says so, and which may have been meant', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['dist/scripts/leakgate.js', 'help', 'rum'],
    {
      encoding: 'utf8',
    },
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^leakgate: Cannot show help as .* current value is "rum"; did you mean "run"\?\n$/);
});
