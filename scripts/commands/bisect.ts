import { withConfig } from '../config/apply-config.ts';
import { NO_REPORTS, type RunningOptions, requestOf, running } from '../measuring-options.ts';
import type { CommandLine } from './command-line.ts';

type BisectOptions = RunningOptions & {
  good: string;
  bad: string;
  buildCommand?: string;
  currentScenario: boolean;
};

/** Adds `bisect` to the command line. */
export function addBisect({ program, args, surroundings, done }: CommandLine): void {
  running(program.command('bisect'))
    .description('find the commit with which a leak came, by git bisect and the gate')
    .requiredOption('--good <rev>', 'a revision that is steady')
    .requiredOption('--bad <rev>', 'a later revision that leaks')
    .option(
      '--build-command <line>',
      'makes a commit ready, for the shell (default: install by the lock file, then the build script)',
    )
    .option('--current-scenario', 'use the scenario as it is now, even where a commit has its own', false)
    .action(async (named: string[], given: BisectOptions) => {
      const told = { ...given, ...NO_REPORTS };
      const { scenarios, options } = await withConfig(named, told, surroundings.cwd(), []);
      const { bisect } = await import('../bisect/bisect.ts');
      const { good, bad, buildCommand, currentScenario } = options;
      const ends = { good, bad, currentScenario, ...(buildCommand !== undefined && { buildCommand }) };
      done(await bisect({ ...requestOf(scenarios, options, args), ...ends }, surroundings));
    });
}
