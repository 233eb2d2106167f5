/**
 * Compiles the sources to dist/, unless dist/ is newer than all of them: the compiler itself takes two
 * seconds to find that out. Plain JavaScript, as it runs before there is anything compiled.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const STAMP = 'dist/.tsbuildinfo';
const FOLDERS = ['harness', 'scenarios', 'reports', 'scripts'];
const INPUTS = ['tsconfig.json', 'tsconfig.build.json', 'package.json', ...FOLDERS];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// What changes while the compiler runs, or right after, is newer than this.
const begin = new Date();
if (newest(INPUTS) > changed(STAMP)) {
  for (const folder of FOLDERS) removeOrphans(folder);
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
    {
      stdio: 'inherit',
    },
  );
  process.exitCode = status ?? 1;
  // The compiler leaves the stamp alone where nothing it knows of has changed, and renews it where there are errors.
  if (status === 0) utimesSync(STAMP, begin, begin);
  else rmSync(STAMP, { force: true });
}

/** Removes what was compiled from sources that are gone: a scenario that was deleted must not be listed. */
function removeOrphans(folder) {
  if (!existsSync(`dist/${folder}`)) return;
  for (const output of readdirSync(`dist/${folder}`, { recursive: true })) {
    const source = `${folder}/${output}`.replace(/\.(js|js\.map|d\.ts)$/, '.ts');
    if (!existsSync(source)) rmSync(`dist/${folder}/${output}`, { recursive: true, force: true });
  }
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
