import type { CommandLine } from './command-line.ts';

/** Adds `list` to the command line. */
export function addList({ program, surroundings, done }: CommandLine): void {
  program
    .command('list')
    .description('scenarios, their builds and sizes, probes, options, report formats')
    .option('--config <path>', 'configuration file to show, instead of the one found upward')
    .option('--json', 'print only JSON', false)
    .action(async (options: { json: boolean; config?: string }) => {
      const { list } = await import('../list.ts');
      done(await list(surroundings, options));
    });
}
