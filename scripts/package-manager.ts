import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a project's dependencies are installed and its scripts run. */
export interface PackageManager {
  readonly name: 'npm' | 'yarn' | 'pnpm' | 'bun';
  readonly lockFile: string;
  /** Installs exactly what the lock file says. */
  readonly install: string;
  /** Runs a script of the package.json; `--if-present` is npm's and pnpm's alone. */
  readonly run: string;
  /** Runs a binary of a dependency. */
  readonly execute: string;
  /** Adds a development dependency. */
  readonly add: string;
}

const NPM: PackageManager = {
  name: 'npm',
  lockFile: 'package-lock.json',
  install: 'npm ci',
  run: 'npm run',
  execute: 'npx',
  add: 'npm install --save-dev',
};

const MANAGERS: readonly PackageManager[] = [
  {
    name: 'pnpm',
    lockFile: 'pnpm-lock.yaml',
    install: 'pnpm install --frozen-lockfile',
    run: 'pnpm run',
    execute: 'pnpm exec',
    add: 'pnpm add --save-dev',
  },
  {
    name: 'yarn',
    lockFile: 'yarn.lock',
    install: 'yarn install --frozen-lockfile',
    run: 'yarn run',
    execute: 'yarn',
    add: 'yarn add --dev',
  },
  {
    name: 'bun',
    lockFile: 'bun.lock',
    install: 'bun install --frozen-lockfile',
    run: 'bun run',
    execute: 'bunx',
    add: 'bun add --dev',
  },
  NPM,
];

/** That of the lock file in the folder; npm where there is none. */
export function packageManager(folder: string): PackageManager {
  return MANAGERS.find(({ lockFile }) => existsSync(join(folder, lockFile))) ?? NPM;
}

export function hasLockFile(folder: string): boolean {
  return existsSync(join(folder, packageManager(folder).lockFile));
}

/** Of the package.json in the folder; empty where there is none that can be read. */
export function manifestOf(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return {};
  }
}

/** What of a package.json is looked at. */
export interface Manifest {
  readonly type?: string;
  /** Name and version, as in `pnpm@10.1.0`. */
  readonly packageManager?: string;
  /** Patterns of the packages of a workspace, or an object that has them. */
  readonly workspaces?: unknown;
  readonly main?: string;
  readonly exports?: unknown;
  readonly scripts?: { readonly [name: string]: string };
  readonly dependencies?: { readonly [name: string]: string };
  readonly devDependencies?: { readonly [name: string]: string };
}
