import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { Environment } from '../harness/model.ts';
import { packageRoot } from './package-root.ts';

/**
 * What the numbers of a report depend on. `command` is the command line after `leakgate`. Git is no longer waited for
 * once the signal is aborted.
 */
export async function environment(
  command: readonly string[],
  cwd: string,
  signal?: AbortSignal,
): Promise<Environment> {
  return {
    leakgate: version(),
    node: process.versions.node,
    v8: process.versions.v8,
    os: `${platform()} ${release()}`,
    arch: arch(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory: totalmem(),
    commit: await commit({ cwd, ...(signal && { signal }) }),
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

async function commit(options: GitOptions): Promise<string> {
  try {
    const [head, changes] = await Promise.all([
      git(options, 'rev-parse', '--short=12', 'HEAD'),
      git(options, 'status', '--porcelain'),
    ]);
    return changes === '' ? head : `${head}-dirty`;
  } catch {
    return '';
  }
}

interface GitOptions {
  readonly cwd: string;
  readonly signal?: AbortSignal;
}

async function git(options: GitOptions, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, { ...options, encoding: 'utf8' });
  return stdout.trim();
}
