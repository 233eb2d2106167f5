import { Command, InvalidArgumentError } from 'commander';
import { count } from '../option-values.ts';

/** How often and how long something is run to count what comes of it. */
export interface BenchOptions {
  readonly runs: number;
  readonly iterations: number;
  readonly jobs: number;
  readonly seed: number;
}

interface Wanted {
  readonly description: string;
  readonly runs: { readonly text: string; readonly usual: number; readonly least?: number };
  readonly iterations: { readonly text: string; readonly usual: number };
  /** What has the first seed. */
  readonly seeded: 'run' | 'round' | 'program';
}

/** A command line with these options. */
export function benchCommand(name: string, { description, runs, iterations, seeded }: Wanted): Command {
  return new Command(name)
    .description(description)
    .option('--runs <n>', runs.text, atLeast(runs.least ?? 1), runs.usual)
    .option('--iterations <n>', iterations.text, count, iterations.usual)
    .option('--jobs <n>', 'trials at once', count, 2)
    .option('--seed <n>', `seed of the first ${seeded}; later ones count on`, count, 1);
}

function atLeast(least: number): (text: string) => number {
  return text => {
    const value = count(text);
    if (value >= least) return value;
    throw new InvalidArgumentError(`It must be at least ${least}: fewer cannot tell.`);
  };
}
