/**
 * Compiles the sources to dist/, unless dist/ is newer than all of them: the compiler itself takes two seconds to find that
 * out. Plain JavaScript, as it runs before there is anything compiled.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';

const STAMP = 'dist/.tsbuildinfo';
const INPUTS = [
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'harness',
  'scenarios',
  'reports',
  'scripts',
];

process.chdir(new URL('..', import.meta.url).pathname);
if (newest(INPUTS) > changed(STAMP)) {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
    {
      stdio: 'inherit',
    },
  );
  process.exitCode = status ?? 1;
  // The compiler leaves the stamp alone where nothing it knows of has changed, and renews it where there are errors.
  if (status === 0) utimesSync(STAMP, new Date(), new Date());
  else rmSync(STAMP, { force: true });
}

/** Time of the latest change among files and folders, removals included. */
function newest(paths) {
  return Math.max(...paths.map(path => Math.max(changed(path), ...inside(path))));
}

function* inside(path) {
  if (!statSync(path).isDirectory()) return;
  for (const entry of readdirSync(path, { recursive: true })) yield changed(`${path}/${entry}`);
}

function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
