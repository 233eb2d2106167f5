import { existsSync, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../harness/errors.ts';

/** The scenario that `run` takes when none is named, and that `bench` puts first. */
export const HEADLINE = 'auto-reload';

const BUILT_IN = new URL('../scenarios/', import.meta.url);

/** Absolute path of a scenario given by path, or by the name of one that comes with leakgate. */
export function scenarioFile(nameOrPath: string, cwd: string): string {
  const path = resolve(cwd, nameOrPath);
  if (/\.[cm]?[jt]s$/.test(nameOrPath)) {
    if (existsSync(path)) return path;
    throw new UsageError(`Cannot read the scenario as the file must exist: ${path}`);
  }
  if (builtInScenarios().includes(nameOrPath)) return fileURLToPath(new URL(`${nameOrPath}.js`, BUILT_IN));
  throw new UsageError(
    `Cannot find the scenario as it must be a path ending in .js, .mjs, .cjs or .ts, or one of ${builtInScenarios().join(', ')}: "${nameOrPath}"`,
  );
}

/** Whether the file of a scenario is one that comes with leakgate, which `run` knows by its name. */
export function isBuiltIn(path: string): boolean {
  return dirname(path) === resolve(fileURLToPath(BUILT_IN));
}

/** Names of the scenarios that come with leakgate, in alphabetical order. */
export function builtInScenarios(): string[] {
  return readdirSync(BUILT_IN)
    .filter(file => file.endsWith('.js'))
    .map(file => file.slice(0, -'.js'.length))
    .sort();
}
