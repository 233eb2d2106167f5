import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Environment } from '../harness/model.ts';
import { packageRoot } from './package-root.ts';

/** What the numbers of a report depend on. `command` is the command line after `leakgate`. */
export function environment(command: readonly string[], cwd: string): Environment {
  return {
    leakgate: version(),
    node: process.versions.node,
    v8: process.versions.v8,
    os: `${platform()} ${release()}`,
    arch: arch(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory: totalmem(),
    commit: commit(cwd),
    date: new Date().toISOString(),
    command,
  };
}

export function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('package.json', packageRoot()), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}

function commit(cwd: string): string {
  try {
    const head = git(cwd, 'rev-parse', '--short=12', 'HEAD');
    return git(cwd, 'status', '--porcelain') === '' ? head : `${head}-dirty`;
  } catch {
    return '';
  }
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
