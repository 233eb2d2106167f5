import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Config } from '../../harness/config.ts';
import { UsageError } from '../../harness/errors.ts';
import { thrownAt } from '../../reports/ci-places.ts';
import { messageOf } from '../message-of.ts';
import { packageRoot } from '../package-root.ts';
import { isSaved } from '../result-files.ts';
import { isModule } from '../scenario-files.ts';
import { filesMatching, isGlob } from './expand-paths.ts';
import { settled } from './settled.ts';
import { syntaxPlace } from './syntax-place.ts';

export const CONFIG_FILES = ['leakgate.config.ts', 'leakgate.config.mjs', 'leakgate.config.json'] as const;

/** A configuration file, with its paths made absolute and its globs expanded. */
export interface LoadedConfig {
  /** Absolute. */
  readonly file: string;
  readonly config: Config;
}

/**
 * Loads the file that is given, or else the one found from the working directory upward to the package's
 * root. It is loaded here, in the parent: the measured process never sees it.
 * @param options `scenariosNeeded`: whether its globs must match a file
 * @throws {UsageError} if a given file is missing, a folder holds two, or the file cannot be loaded or used.
 */
export async function loadConfig(
  given: string | undefined,
  cwd: string,
  { scenariosNeeded = true }: { readonly scenariosNeeded?: boolean } = {},
): Promise<LoadedConfig | undefined> {
  const file = given === undefined ? findConfig(cwd) : resolve(cwd, given);
  if (file === undefined) return undefined;
  if (!existsSync(file))
    throw new UsageError(`Cannot read the configuration as the file must exist: ${file}`);
  // Most runs have none, and do not wait for what checks it.
  const { checkConfig } = await import('./config-schema.ts');
  const config = checkConfig(await settled(read(file), file), file);
  return { file, config: absolute(config, file, scenariosNeeded) };
}

/** From `folder` up to the first one with a package.json. */
function findConfig(folder: string): string | undefined {
  const found = CONFIG_FILES.map(name => join(folder, name)).filter(path => existsSync(path));
  if (found.length > 1) {
    throw new UsageError(
      `Cannot choose a configuration as a folder must hold one, or --config name it: ${found.join(', ')}`,
    );
  }
  const parent = dirname(folder);
  const isTop = parent === folder || existsSync(join(folder, 'package.json'));
  return found[0] ?? (isTop ? undefined : findConfig(parent));
}

async function read(file: string): Promise<unknown> {
  try {
    switch (extname(file)) {
      case '.json':
        return JSON.parse(readFileSync(file, 'utf8'));
      case '.mjs':
      case '.js':
        return defaultOf(await import(pathToFileURL(file).href));
      case '.ts':
      case '.mts':
        return defaultOf(await importTypeScript(file));
    }
  } catch (error) {
    throw new UsageError(`Cannot load the configuration ${whatIsWrong(error, file)}`, { cause: error });
  }
  throw new UsageError(`Cannot load the configuration as it must end in .ts, .mjs or .json: ${file}`);
}

/** The file, the line of a syntax error, and the reason. */
function whatIsWrong(error: unknown, file: string): string {
  const syntax = syntaxPlace(error, file);
  if (!syntax) return `${thrownIn(error, file)}: ${messageOf(error)}`;
  const { place, reason } = syntax;
  return place.startsWith(`${file}:`) ? `${place}: ${reason}` : `${file}: ${reason} at ${place}`;
}

/** With the line, if it was thrown in the file. */
function thrownIn(error: unknown, file: string): string {
  const at = error instanceof Error ? thrownAt(error.stack ?? '') : undefined;
  const isOwn = at !== undefined && existsSync(at.file) && realpathSync(at.file) === realpathSync(file);
  return isOwn ? `${file}:${at.line}` : file;
}

/** Node strips types from 22.18 on, and never where enums or the like need code: jiti does both on every Node. */
async function importTypeScript(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti');
  const own = (path: string) => fileURLToPath(new URL(path, packageRoot()));
  return createJiti(file, {
    fsCache: false,
    // The types alone are worth importing: all of leakgate would be compiled anew for them.
    alias: { 'leakgate/config': own('dist/harness/config.js'), leakgate: own('dist/harness/config.js') },
  }).import(file);
}

function defaultOf(module: unknown): unknown {
  const isModule = typeof module === 'object' && module !== null && 'default' in module;
  if (isModule) return module.default;
  throw new Error('it must have a default export, as defineConfig() gives one');
}

function absolute(
  { scenarios, base, out, reporters, ...rest }: Config,
  file: string,
  scenariosNeeded: boolean,
): Config {
  const folder = dirname(file);
  return {
    ...rest,
    ...(scenarios && {
      scenarios: scenarios.flatMap(scenario => scenarioPaths(scenario, folder, file, scenariosNeeded)),
    }),
    ...(base !== undefined && { base: isPath(base, folder) ? resolve(folder, base) : base }),
    ...(out !== undefined && { out: resolve(folder, out) }),
    ...(reporters && { reporters: reporters.map(reporter => reporterWithPath(reporter, folder)) }),
  };
}

/** What ends like a module is a path, a name without an ending comes with leakgate. */
function scenarioPaths(scenario: string, folder: string, file: string, needed: boolean): string[] {
  if (!isGlob(scenario)) return [isModule(scenario) ? resolve(folder, scenario) : scenario];
  const found = filesMatching(scenario, folder);
  if (found.length > 0 || !needed) return found;
  throw new UsageError(`Cannot use the configuration ${file}:\n  scenarios must match a file: "${scenario}"`);
}

/** `junit=reports/junit.xml`; without a path as it is. */
function reporterWithPath(reporter: string, folder: string): string {
  return reporter.replace(/^([^=]*=)(.+)$/s, (_, format, path) => `${format}${resolve(folder, path)}`);
}

/** A base may be a build's name as well. */
function isPath(base: string, folder: string): boolean {
  return /[/\\]|\.json$/.test(base) || isSaved(resolve(folder, base));
}
