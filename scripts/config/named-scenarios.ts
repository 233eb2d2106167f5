import { parse, resolve } from 'node:path';
import { UsageError } from '../../harness/errors.ts';
import { isFile } from '../file-kind.ts';
import { builtInScenarios, isModule, unknownScenario } from '../scenario-files.ts';
import { filesMatching, isGlob } from './expand-paths.ts';

/**
 * Scenarios as they were named on the command line, with the files that patterns stand for: a shell expands
 * them only where they are not quoted. A name without an ending stands for the file of the configuration that
 * is called so.
 * @param known scenarios of the configuration
 * @throws {UsageError} where a pattern stands for no file, or a name for no scenario.
 */
export function namedScenarios(
  named: readonly string[],
  cwd: string,
  known: readonly string[] = [],
): string[] {
  return named.flatMap(name => {
    if (!isGlob(name) || isFile(resolve(cwd, name)))
      return [known.find(path => parse(path).name === name) ?? nameOrPath(name, cwd, known)];
    const files = filesMatching(name, cwd);
    if (files.length > 0) return files;
    throw new UsageError(`Cannot find the scenarios as the pattern must match a file: "${name}" in ${cwd}`);
  });
}

/**
 * The same names, but the file of the configuration's scenario that calls itself so in the place of what is else known
 * of nothing: verdicts tell that name.
 * @param nodeFlags of the configuration
 */
export async function withOwnNames(
  named: readonly string[],
  cwd: string,
  known: readonly string[],
  nodeFlags?: readonly string[],
): Promise<string[]> {
  const isUnknown = (name: string) =>
    !isGlob(name) &&
    !isModule(name) &&
    !builtInScenarios().includes(name) &&
    known.every(path => parse(path).name !== name);
  if (!named.some(isUnknown)) return [...named];
  const { describedScenarios } = await import('../described-scenarios.ts');
  const { scenarios } = await describedScenarios(known, cwd, nodeFlags);
  const fileOf = (own: string) => scenarios.find(({ name }) => name === own)?.path;
  return named.map(name => (isUnknown(name) ? (fileOf(name) ?? name) : name));
}

/** @throws {UsageError} where it is neither a path nor a name that comes with leakgate. */
function nameOrPath(name: string, cwd: string, known: readonly string[]): string {
  if (isModule(name) || builtInScenarios().includes(name)) return name;
  throw unknownScenario(
    name,
    cwd,
    known.filter(isModule).map(path => parse(path).name),
  );
}

/**
 * The scenario of a command that takes one.
 * @throws {UsageError} where a pattern or the configuration stands for several.
 */
export function onlyScenario(scenarios: readonly string[]): string {
  const [first, ...others] = scenarios;
  if (first !== undefined && others.length === 0) return first;
  throw new UsageError(
    `Cannot choose the scenario as there must be one: there are ${scenarios.length}, ${scenarios.join(', ')}; name one`,
  );
}
