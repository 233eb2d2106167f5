import { reporting } from '../measuring-options.ts';
import type { MergeRequest } from '../merge.ts';
import type { ReporterRequest } from '../reporter-option.ts';
import type { CommandLine } from './command-line.ts';

type MergeOptions = Omit<MergeRequest, 'reports' | 'reporters'> & { reporter: readonly ReporterRequest[] };

/** Adds `merge` to the command line. */
export function addMerge({ program, surroundings, done }: CommandLine): void {
  reporting(program.command('merge'))
    .description('one report of several: the shards of a run, or runs of different scenarios')
    .argument('<report...>', 'report.json, its folder, or a folder of such folders')
    .option('--out <folder>', 'folder for the results (default: a new one under out/)')
    .option('--json', 'print only JSON', false)
    .action(async (reports: string[], { reporter, ...options }: MergeOptions) => {
      const { merge } = await import('../merge.ts');
      done(await merge({ ...options, reporters: reporter, reports }, surroundings));
    });
}
