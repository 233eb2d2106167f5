import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { compiledFile } from '../harness/compiled.ts';
import { UsageError } from '../harness/errors.ts';
import { didYouMean } from '../harness/nearest-word.ts';
import { isFolder } from './file-kind.ts';

/** The scenario that `run` takes when none is named, and that `bench` puts first. */
export const HEADLINE = 'auto-reload';

/** Absolute path of a scenario given by path, or by the name of one that comes with leakgate. */
export function scenarioFile(nameOrPath: string, cwd: string): string {
  const path = resolve(cwd, nameOrPath);
  if (isModule(nameOrPath)) {
    if (existsSync(path)) return path;
    throw new UsageError(`Cannot read the scenario as the file must exist: ${path}`);
  }
  if (builtInScenarios().includes(nameOrPath)) return join(builtInFolder(), `${nameOrPath}.js`);
  throw unknownScenario(nameOrPath, cwd);
}

/** The same of several, each file once, whatever it is called by. */
export function scenarioFiles(namesOrPaths: readonly string[], cwd: string): string[] {
  return [...new Set(namesOrPaths.map(one => scenarioFile(one, cwd)))];
}

/** @param own names of the configuration's scenarios */
export function unknownScenario(named: string, cwd: string, own: readonly string[] = []): UsageError {
  const builtIn = builtInScenarios();
  const choices = [
    'a path ending in .js, .mjs, .cjs or .ts',
    ...(own.length > 0 ? [`one of the configuration's, as their files are called, ${own.join(', ')}`] : []),
    `one that comes with leakgate, ${builtIn.join(', ')}`,
  ];
  const folder = resolve(cwd, named);
  const hint =
    named !== '' && isFolder(folder)
      ? `, a folder${patternHint(named, folder)}`
      : didYouMean(named, [...own, ...builtIn]);
  return new UsageError(`Cannot find the scenario as it must be ${choices.join(', or ')}: "${named}"${hint}`);
}

/** By the ending of the modules that are there. */
function patternHint(named: string, folder: string): string {
  const ending = ['.mjs', '.js', '.cjs', '.ts'].find(one =>
    readdirSync(folder).some(file => file.endsWith(one)),
  );
  return ending === undefined ? '' : `; "${join(named, `*${ending}`)}" stands for the scenarios in it`;
}

/** Whether it names a file, and no scenario that comes with leakgate. */
export function isModule(nameOrPath: string): boolean {
  return /\.[cm]?[jt]s$/.test(nameOrPath);
}

/** Whether the file of a scenario is one that comes with leakgate, which `run` knows by its name. */
export function isBuiltIn(path: string): boolean {
  return dirname(path) === builtInFolder();
}

/** Names of the scenarios that come with leakgate, in alphabetical order. */
export function builtInScenarios(): string[] {
  return readdirSync(builtInFolder())
    .filter(file => file.endsWith('.js'))
    .map(file => file.slice(0, -'.js'.length))
    .sort();
}

function builtInFolder(): string {
  return dirname(compiledFile(`scenarios/${HEADLINE}.js`));
}
