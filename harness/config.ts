/**
 * What a configuration file may say: `leakgate.config.ts`, `.mjs` or `.json`. The command line goes over it,
 * it goes over what a scenario says of itself, and that goes over the defaults.
 * @module
 */
import type { GivenOptions } from './model.ts';

export type { GivenOptions, TrialOptions } from './model.ts';

/** Relative paths start from the folder of the file. */
export interface Config {
  /**
   * Run where none is named: paths, globs (`leaks/*.mjs`, `**` for any folders), or names of scenarios that
   * come with leakgate.
   */
  readonly scenarios?: readonly string[];
  /** Only these builds. */
  readonly builds?: readonly string[];
  /** What growth is judged against: a build, a saved report, or a baseline file. */
  readonly base?: string;
  /** Trials per scenario and build. */
  readonly repetitions?: number;
  /** Trials at once. */
  readonly jobs?: number;
  /** Folder for the results; default: a new one under `out/`. */
  readonly out?: string;
  /** Further reports to write, as `--reporter` takes them: `name` or `name=path`. */
  readonly reporters?: readonly string[];
  /** Options of every trial; `leakgate list` shows them with their defaults. */
  readonly options?: GivenOptions;
  /** For editors; leakgate does not look at it. */
  readonly $schema?: string;
}

/** Types a configuration; returns it unchanged. */
export function defineConfig(config: Config): Config {
  return config;
}
