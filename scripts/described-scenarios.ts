import { UsageError } from '../harness/errors.ts';
import type { ScenarioDescription } from '../harness/model.ts';
import { describe } from '../harness/spawn/describe.ts';
import { scenarioFiles } from './scenario-files.ts';

/** What scenarios are, and why those that cannot be used cannot. */
export interface Described {
  readonly scenarios: readonly ScenarioDescription[];
  readonly broken: readonly string[];
}

/**
 * Asks scenarios what they are: together, and one by one where one of them cannot be used.
 * @param names names or paths
 * @param nodeFlags of the configuration
 */
export async function describedScenarios(
  names: readonly string[],
  cwd: string,
  nodeFlags?: readonly string[],
): Promise<Described> {
  const attempt = async (some: readonly string[]): Promise<Described> => {
    try {
      return { scenarios: await describe(scenarioFiles(some, cwd), { nodeFlags }), broken: [] };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return { scenarios: [], broken: [error.message] };
    }
  };
  const all = await attempt(names);
  if (all.broken.length === 0) return all;
  const each: Described[] = [];
  for (const name of new Set(names)) each.push(await attempt([name]));
  return { scenarios: each.flatMap(one => one.scenarios), broken: each.flatMap(one => one.broken) };
}
