import type { CommandLine } from './command-line.ts';

/** Adds `init` to the command line. */
export function addInit({ program, surroundings, done }: CommandLine): void {
  program
    .command('init')
    .description('set an existing project up: a scenario, a configuration, a workflow')
    .option('--yes', 'take every default instead of asking; files that are there are kept', false)
    .action(async (options: { yes: boolean }) => {
      const { init } = await import('../init/init.ts');
      done(await init(options, surroundings, process));
    });
}
