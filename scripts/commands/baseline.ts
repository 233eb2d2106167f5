import { BASELINE_FILE } from '../baseline-file.ts';
import { withConfig } from '../config/apply-config.ts';
import { type MeasuringOptions, measuring, requestOf } from '../measuring-options.ts';
import type { CommandLine } from './command-line.ts';

/** Adds `baseline` to the command line. */
export function addBaseline({ program, args, surroundings, done }: CommandLine): void {
  const command = measuring(program.command('baseline'))
    .description('run scenarios and keep how they grow, for run --base')
    .option('--file <path>', 'baseline to write or update', BASELINE_FILE)
    .action(async (named: string[], given: MeasuringOptions & { file: string }) => {
      const { scenarios, options } = await withConfig(named, given, surroundings.cwd());
      const { baseline } = await import('../baseline.ts');
      done(await baseline({ ...requestOf(scenarios, options, args), file: options.file }, surroundings));
    });
  for (const option of command.options) option.hideHelp(WITHOUT_EFFECT.has(option.long ?? ''));
}

/** Taken as `run` takes them, for a configuration or a script that both share; here nothing is explained or annotated. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['--no-evidence', '--keep-snapshots', '--no-github']);
