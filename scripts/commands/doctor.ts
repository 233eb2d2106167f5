import type { CommandLine } from './command-line.ts';

/** Adds `doctor` to the command line. */
export function addDoctor({ program, surroundings, done }: CommandLine): void {
  program
    .command('doctor')
    .description('say what this machine offers and what is missing')
    .option('--config <path>', 'configuration file to check, instead of the one found upward')
    .action(async (options: { config?: string }) => {
      const { doctor } = await import('../doctor.ts');
      done(await doctor(options, surroundings));
    });
}
