/**
 * Runs the corpus with several versions of Node, one after the other; arguments are passed on. The binaries
 * are fetched from npm into out/nodes where they are not there yet, for which a network is needed. Exit code:
 * the largest of all runs.
 * @module
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packageRoot } from './package-root.ts';

const VERSIONS = ['22', '24', '26'];
const PLATFORM = `node-${process.platform}-${process.arch}`;

const corpus = fileURLToPath(new URL('corpus.js', import.meta.url));
const codes = VERSIONS.map(version => command(fetched(version), [corpus, ...process.argv.slice(2)]));
process.exitCode = Math.max(...codes);

/** Path of the binary of a major version. */
function fetched(version: string): string {
  const folder = fileURLToPath(new URL(`out/nodes/${version}`, packageRoot()));
  const node = `${folder}/node_modules/${PLATFORM}/bin/node`;
  if (existsSync(node)) return node;
  const code = command('npm', ['install', '--no-save', '--prefix', folder, `${PLATFORM}@${version}`]);
  if (code === 0 && existsSync(node)) return node;
  console.error(`Cannot fetch Node ${version} as npm must offer ${PLATFORM}: npm ended with ${code}`);
  process.exit(2);
}

/** Exit code of a command whose output is shown; 2 where it cannot be run or was ended by a signal. */
function command(file: string, parameters: readonly string[]): number {
  return spawnSync(file, parameters, { stdio: 'inherit' }).status ?? 2;
}
