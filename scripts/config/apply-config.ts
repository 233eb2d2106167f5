import type { Config } from '../../harness/config.ts';
import type { Parameters } from '../../harness/model.ts';
import type { MeasuringOptions } from '../measuring-options.ts';
import { reporterOf } from '../reporter-option.ts';
import { namedScenarios, withOwnNames } from './named-scenarios.ts';

/**
 * What a command was told: scenarios and options of the command line, and under them what the configuration
 * file says.
 */
export interface Told<Options> {
  readonly scenarios: readonly string[];
  readonly options: Options;
}

/** What any command that runs scenarios may be told. */
interface Runnable {
  build: string[];
  option: Parameters;
  jobs?: number;
  config?: string;
}

/**
 * Lays the command line over the configuration file, if there is one: which scenarios, builds and options of
 * trials. Where neither names a scenario, `otherwise` is run, or else the default.
 * @throws {UsageError} if the file cannot be used, or nothing is named where there is no default.
 */
export async function withScenarios<Options extends Runnable>(
  scenarios: readonly string[],
  options: Options,
  cwd: string,
  otherwise?: readonly string[],
): Promise<Told<Options> & { readonly config: Config }> {
  const { loadConfig } = await import('./config-file.ts');
  const isNamed = scenarios.length > 0;
  const loaded = await loadConfig(options.config, cwd, { scenariosNeeded: !isNamed });
  const { config = {} } = loaded ?? {};
  const known = config.scenarios ?? [];
  // Patterns may overlap.
  const own = isNamed ? await withOwnNames(scenarios, cwd, known, config.options?.nodeFlags) : [];
  const named = [...new Set(isNamed ? namedScenarios(own, cwd, known) : known)];
  return {
    config,
    scenarios: named.length > 0 ? named : (otherwise ?? [await unnamed(cwd)]),
    options: {
      ...(config.jobs !== undefined && { jobs: config.jobs }),
      ...options,
      ...(options.build.length === 0 && config.builds && { build: [...config.builds] }),
      // Options with a flag of their own go over these (requestOf).
      option: { ...(config.options as Parameters | undefined), ...options.option },
    },
  };
}

async function unnamed(cwd: string): Promise<string> {
  const { defaultScenario } = await import('../default-scenario.ts');
  return defaultScenario(cwd);
}

/**
 * The same for commands that judge and report, with what the file says of those. Throws what `withScenarios`
 * throws.
 */
export async function withConfig<Options extends MeasuringOptions & { base?: string }>(
  scenarios: readonly string[],
  options: Options,
  cwd: string,
  otherwise?: readonly string[],
): Promise<Told<Options>> {
  const { config, ...told } = await withScenarios(scenarios, options, cwd, otherwise);
  return {
    scenarios: told.scenarios,
    options: {
      ...(config.repetitions !== undefined && { repetitions: config.repetitions }),
      ...(config.out !== undefined && { out: config.out }),
      ...(config.base !== undefined && { base: config.base }),
      ...told.options,
      reporter:
        options.reporter.length > 0
          ? options.reporter
          : (config.reporters ?? []).flatMap(text => reporterOf(text) ?? []),
    },
  };
}
