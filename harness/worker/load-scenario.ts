import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { RefusedScenario } from '../errors.ts';
import type { Expectation, GivenDescription, Parameters, TargetName } from '../model.ts';
import type { Scenario } from '../scenario.ts';
import { loadTarget } from '../targets/index.ts';
import { checkScenario } from './check-scenario.ts';
import { showSyntaxError } from './syntax-error.ts';

/**
 * Imports a scenario module and checks its shape.
 * @throws {RefusedScenario} naming the file and the field that is wrong.
 */
export async function loadScenario(path: string): Promise<Scenario> {
  const module = await importModule(path);
  return checkScenario(exportedBy(module.default), path);
}

/** What TypeScript and others compile to CommonJS has its default export under a name of it. */
function exportedBy(given: unknown): unknown {
  const isCompiled =
    typeof given === 'object' && given !== null && '__esModule' in given && 'default' in given;
  return isCompiled ? given.default : given;
}

/** What the scenario says about itself, gaps filled from its target. */
export async function describeScenario(path: string): Promise<GivenDescription> {
  const scenario = await loadScenario(path);
  const target: TargetName = scenario.target ?? 'module';
  const builds = await buildsOf(scenario, target, path);
  return {
    name: scenario.name,
    description: scenario.description ?? '',
    path,
    unit: scenario.unit ?? 'iteration',
    target,
    builds,
    expect: expectationsOf(scenario, builds, path),
    parameters: scenario.parameters ?? {},
    options: scenario.options ?? {},
  };
}

async function importModule(path: string): Promise<{ readonly default?: unknown }> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    showSyntaxError(error);
    if (!isUnknownExtension(error, path)) throw error;
    throw new RefusedScenario(
      `Cannot load scenario "${path}" as this Node must be able to strip types (22.18 or newer), or the file must be compiled to JavaScript first: this is Node ${process.versions.node}`,
    );
  }
}

/** Of this file, not of one that it imports. */
function isUnknownExtension(error: unknown, path: string): boolean {
  const isUnknown = error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION';
  return isUnknown && error.message.includes(realpathSync(path)) && /\.[cm]?ts$/.test(path);
}

async function buildsOf(
  scenario: Scenario,
  name: TargetName,
  path: string,
): Promise<{ readonly [build: string]: Parameters }> {
  const target = await loadTarget(name);
  const known = target.builds();
  if (!scenario.builds) return known;
  if (!target.acceptsOwnBuilds) {
    for (const build of Object.keys(scenario.builds)) {
      if (Object.hasOwn(known, build)) continue;
      throw new RefusedScenario(
        `Cannot use scenario "${path}" as its "builds" must be among ${Object.keys(known).join(', ')}: current value names "${build}"`,
      );
    }
  }
  return scenario.builds;
}

function expectationsOf(
  { expect = {} }: Scenario,
  builds: { readonly [build: string]: Parameters },
  path: string,
): { readonly [build: string]: Expectation } {
  const ofAll = (all: Expectation) => Object.fromEntries(Object.keys(builds).map(build => [build, all]));
  if (typeof expect === 'string') return ofAll(expect);
  for (const build of Object.keys(expect)) {
    if (Object.hasOwn(builds, build)) continue;
    throw new RefusedScenario(
      `Cannot use scenario "${path}" as its "expect" must name builds it has (${Object.keys(builds).join(', ')}): current value names "${build}"`,
    );
  }
  return { ...ofAll('steady'), ...expect };
}
