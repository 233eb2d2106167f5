import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../harness/errors.ts';
import { messageOf } from './message-of.ts';

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

const BUN: PackageManager = {
  name: 'bun',
  lockFile: 'bun.lock',
  install: 'bun install --frozen-lockfile',
  run: 'bun run',
  execute: 'bunx',
  add: 'bun add --dev',
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
  BUN,
  // Before bun 1.2.
  { ...BUN, lockFile: 'bun.lockb' },
  NPM,
];

/** That of the lock file in the folder, else that which the package.json names, else npm. */
export function packageManager(folder: string): PackageManager {
  const locked = MANAGERS.find(({ lockFile }) => existsSync(join(folder, lockFile)));
  return locked ?? MANAGERS.find(({ name }) => nameOfPinned(folder) === name) ?? NPM;
}

/** `pnpm` of `pnpm@10.1.0`. */
function nameOfPinned(folder: string): string | undefined {
  return manifestOf(folder).packageManager?.split('@')[0];
}

/** Yarn from 2 on, which runs in a package of a workspace only the binaries of that package's own dependencies. */
export function isModernYarn(folder: string): boolean {
  if (packageManager(folder).name !== 'yarn') return false;
  const pinned = /^yarn@(\d+)/.exec(manifestOf(folder).packageManager ?? '')?.[1];
  return pinned === undefined ? existsSync(join(folder, '.yarnrc.yml')) : Number(pinned) >= 2;
}

export function hasLockFile(folder: string): boolean {
  return existsSync(join(folder, packageManager(folder).lockFile));
}

const text = z.string().optional().catch(undefined);
/** Without what is no text, as comments are in some. */
const texts = z
  .record(z.string(), z.unknown())
  .transform(record => Object.fromEntries(Object.entries(record).filter(isTextEntry)))
  .optional()
  .catch(undefined);

function isTextEntry(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}

/** What of a package.json is looked at, as far as it is what npm says it must be. */
const manifest = z
  .object({
    type: text,
    /** Name and version, as in `pnpm@10.1.0`. */
    packageManager: text,
    /** Patterns of the packages of a workspace, or an object that has them. */
    workspaces: z.unknown(),
    main: text,
    exports: z.unknown(),
    scripts: texts,
    dependencies: texts,
    devDependencies: texts,
  })
  .partial();

export type Manifest = z.infer<typeof manifest>;

/** Of the package.json in the folder; empty where there is none that can be read. */
export function manifestOf(folder: string): Manifest {
  try {
    return readManifest(folder);
  } catch {
    return {};
  }
}

/**
 * The same; empty only where there is none.
 * @throws {UsageError} where it is not that of a package.
 */
export function readManifest(folder: string): Manifest {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return {};
  try {
    return manifest.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? 'it is none' : messageOf(error);
    throw new UsageError(
      `Cannot tell the project as its package.json must be a JSON object: ${path}: ${reason}`,
    );
  }
}
