import type { CommandLine } from './command-line.ts';

/** Adds `compare` to the command line. */
export function addCompare({ program, surroundings, done }: CommandLine): void {
  program
    .command('compare')
    .description('what got better or worse between two saved reports')
    .argument('<base>', 'report.json, its folder, or a baseline')
    .argument('<head>', 'the same of the later run')
    .option('--json', 'print only JSON', false)
    .action(async (base: string, head: string, { json }: { json: boolean }) => {
      const { compare } = await import('../compare.ts');
      done(compare({ base, head, json }, surroundings));
    });
}
