import { InvalidArgumentError } from 'commander';
import { UsageError } from '../../harness/errors.ts';
import type { Parameters } from '../../harness/model.ts';
import { defaultScenario } from '../default-scenario.ts';
import type { MeasuringOptions } from '../measuring-options.ts';
import { type ReporterRequest, reporter } from '../reporter-option.ts';

/** What a command was told: scenarios and options of the command line, and under them what the configuration file says. */
export interface Told<Options> {
  readonly scenarios: readonly string[];
  readonly options: Options;
}

/**
 * Lays the command line over the configuration file, if there is one. Where neither names a scenario, `otherwise` is run,
 * or else the default.
 * @throws {UsageError} if the file cannot be used, or nothing is named where there is no default.
 */
export async function withConfig<Options extends MeasuringOptions & { base?: string }>(
  scenarios: readonly string[],
  options: Options,
  cwd: string,
  otherwise?: readonly string[],
): Promise<Told<Options>> {
  const { loadConfig } = await import('./config-file.ts');
  const { config = {} } = (await loadConfig(options.config, cwd)) ?? {};
  const named = scenarios.length > 0 ? scenarios : (config.scenarios ?? []);
  return {
    scenarios: named.length > 0 ? named : (otherwise ?? [defaultScenario(cwd)]),
    options: {
      ...(config.repetitions !== undefined && { repetitions: config.repetitions }),
      ...(config.jobs !== undefined && { jobs: config.jobs }),
      ...(config.out !== undefined && { out: config.out }),
      ...(config.base !== undefined && { base: config.base }),
      ...options,
      reporter: options.reporter.length > 0 ? options.reporter : reportersOf(config.reporters),
      ...(options.build.length === 0 && config.builds && { build: [...config.builds] }),
      // Options with a flag of their own go over these (requestOf).
      option: { ...(config.options as Parameters | undefined), ...options.option },
    },
  };
}

/** @throws {UsageError} for a format that is not known. */
function reportersOf(texts: readonly string[] = []): readonly ReporterRequest[] {
  try {
    return texts.reduce<readonly ReporterRequest[]>((before, text) => reporter(text, before), []);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new UsageError(`Cannot use the configuration as its reporters must be known. ${error.message}`);
  }
}
