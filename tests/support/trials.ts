import { fileURLToPath } from 'node:url';
import type { Parameters, Trial, TrialOptions } from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';

/** Absolute path of a module in tests/support/scenarios/. */
export function scenarioPath(file: string): string {
  return fileURLToPath(new URL(`scenarios/${file}`, import.meta.url));
}

/** A short trial of a scenario in tests/support/scenarios/; on a busy machine too it takes every sample. */
export function trialOf(
  scenario: string,
  options: Partial<TrialOptions> = {},
  build = 'default',
  parameters: Parameters = {},
): Trial {
  return {
    id: `${scenario}/${build}/1`,
    scenario,
    scenarioPath: scenarioPath(`${scenario}.mjs`),
    target: 'module',
    build,
    variant: 'stable',
    repetition: 1,
    expect: 'steady',
    parameters,
    options: {
      ...DEFAULT_OPTIONS,
      iterations: 50,
      warmup: 5,
      warmupLimit: 10,
      measuringShare: 1,
      budget: 0,
      deadline: 60_000,
      ...options,
    },
  };
}
