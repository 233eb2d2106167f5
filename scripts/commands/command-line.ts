import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';

/**
 * What a command is added to, and what it works with. Each loads what it needs when it runs: `--help` would
 * wait for reports, charts and the engine otherwise.
 */
export interface CommandLine {
  readonly program: Command;
  /** As given, for the report. */
  readonly args: readonly string[];
  readonly surroundings: Surroundings;
  /** Takes the exit code. */
  readonly done: (exitCode: number) => void;
}
