import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { leadsOutside } from '../../harness/leads-outside.ts';
import { isFile } from '../file-kind.ts';
import { lockFolder, repositoryOf } from '../lock-folder.ts';
import {
  hasLockFile,
  isModernYarn,
  type Manifest,
  manifestOf,
  type PackageManager,
  packageManager,
  readManifest,
} from '../package-manager.ts';

/** What can be told of a project from its files; nothing of it is run. */
export interface Project {
  readonly manager: PackageManager;
  /**
   * Seen from the top of the repository; of a package in a workspace that of the workspace; undefined: there
   * is none.
   */
  readonly lockFile: string | undefined;
  /** Names of the package.json's scripts. */
  readonly scripts: readonly string[];
  readonly typeScript: boolean;
  /** Whether a `.js` file is an ES module. */
  readonly esModules: boolean;
  /** The project's folder seen from the top of its git repository, empty at the top; undefined outside of one. */
  readonly inRepository: string | undefined;
  /** The package.json at the top of the repository says which version of its manager is used. */
  readonly pinsManager: boolean;
  /** leakgate is among its dependencies, or among those of the workspace that it is in. */
  readonly installed: boolean;
  /** What takes leakgate from where, if that lies outside of the project. */
  readonly outside: string | undefined;
  /** What a user would start or import, from the project's folder; empty: nothing was found. */
  readonly entry: string;
}

const NAMES = ['server', 'app', 'index', 'main'];
const FOLDERS = ['', 'src/'];
const ENDINGS = ['.js', '.mjs', '.cjs', '.ts', '.mts'];

/**
 * @throws {UsageError} if the package.json cannot be read.
 */
export function projectIn(folder: string): Project {
  const manifest = readManifest(folder);
  const repository = repositoryOf(folder);
  const top = repository ?? folder;
  const locked = lockFolder(folder);
  const manager = packageManager(locked);
  const own = dependencyOf(manifest);
  const specifier = own ?? dependencyOf(manifestOf(locked));
  const isOfTop = own === undefined && specifier !== undefined;
  return {
    manager: isOfTop && isModernYarn(locked) ? { ...manager, execute: 'yarn run --top-level' } : manager,
    lockFile: hasLockFile(locked) ? pathFrom(top, join(locked, manager.lockFile)) : undefined,
    scripts: Object.keys(manifest.scripts ?? {}),
    typeScript: existsSync(join(folder, 'tsconfig.json')),
    esModules: manifest.type === 'module',
    inRepository: repository === undefined ? undefined : pathFrom(repository, folder),
    pinsManager: manifestOf(top).packageManager !== undefined,
    installed: specifier !== undefined,
    outside:
      specifier !== undefined && isOutside(specifier, isOfTop ? locked : folder, top)
        ? `the ${isOfTop ? "workspace's " : ''}package.json takes leakgate from ${specifier}`
        : undefined,
    entry: entryOf(folder, manifest),
  };
}

/** Whether a file, seen from the folder of its package.json, lies outside of what a workflow checks out. */
function isOutside(specifier: string, folder: string, top: string): boolean {
  const [, file] = /^file:(.+)$/.exec(specifier) ?? [];
  if (file === undefined) return false;
  return leadsOutside(relative(top, resolve(folder, file)));
}

/** What the package.json takes for leakgate. */
function dependencyOf({ dependencies, devDependencies }: Manifest): string | undefined {
  return { ...dependencies, ...devDependencies }.leakgate;
}

function pathFrom(top: string, path: string): string {
  return relative(top, path).split(sep).join('/');
}

/**
 * It listens somewhere, or makes an application that can, so one iteration is a request. What a build has yet
 * to write is told from its source.
 */
export function isServer(folder: string, entry: string): boolean {
  const source = entry.replace(/^[^/]+\//, 'src/').replace(/js$/, 'ts');
  const path = [entry, source].map(file => join(folder, file)).find(isFile);
  return (
    path !== undefined &&
    /\.listen\s*\(|\bexpress\(\)|\bfastify\(|\bnew Koa\(/i.test(readFileSync(path, 'utf8'))
  );
}

/** What starts comes before what is exported, and what a package.json says before what files are called. */
function entryOf(folder: string, manifest: Manifest): string {
  const declared = [started(manifest), exported(manifest.exports), manifest.main].map(
    path => path && resolved(folder, path.replace(/^\.\//, '')),
  );
  const called = FOLDERS.flatMap(place =>
    NAMES.flatMap(name => ENDINGS.map(ending => `${place}${name}${ending}`)),
  );
  const found = [...declared, ...called].find(path => path !== undefined && isFile(join(folder, path)));
  // What a build writes may not be there yet.
  const built = manifest.scripts?.build === undefined ? undefined : declared.find(path => path !== undefined);
  return (existsSync(join(folder, 'tsconfig.json')) ? built : undefined) ?? found ?? '';
}

/** As Node finds it: `lib/pool` is `lib/pool.js`, `lib` is `lib/index.js`; where there is none yet, the former. */
function resolved(folder: string, path: string): string {
  if (isFile(join(folder, path)) || /\.[cm]?[jt]s$/.test(path)) return path;
  const index = join(path, 'index.js').split(sep).join('/');
  return isFile(join(folder, index)) ? index : `${path}.js`;
}

/** The file in `node server.js`, not one that is loaded before it. */
function started({ scripts }: Manifest): string | undefined {
  return STARTED.exec(scripts?.start ?? '')?.[1];
}

const WITH_VALUE = '(?:-r|--require|--import|--loader|--experimental-loader|--env-file|-C|--conditions)\\s';
const STARTED = new RegExp(
  `\\bnode\\s+(?:${WITH_VALUE}+\\S+\\s+|(?!${WITH_VALUE})--?\\S+\\s+)*(\\S+\\.[cm]?[jt]s)\\b`,
);

/** Of `exports`: a path, that of ".", or of its first condition that is one. */
function exported(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const entries: { readonly [key: string]: unknown } = { ...exports };
  for (const key of ['.', 'node', 'import', 'default', 'require']) {
    const path = exported(entries[key]);
    if (path !== undefined) return path;
  }
  return undefined;
}
