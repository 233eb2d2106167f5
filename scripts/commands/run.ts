import { withConfig } from '../config/apply-config.ts';
import { type MeasuringOptions, measuring, requestOf } from '../measuring-options.ts';
import { shard } from '../option-values.ts';
import type { CommandLine } from './command-line.ts';

/** Adds `run` to the command line. */
export function addRun({ program, args, surroundings, done }: CommandLine): void {
  measuring(program.command('run'))
    .description('measure, judge and report scenarios: the CI gate')
    .option('--shard <index/count>', 'run only this part of the plan, for leakgate merge', shard)
    .option(
      '--base <what>',
      'judge growth beyond this where none is expected: a build, a saved report, or a baseline file',
    )
    .option('--jit', "one more trial per build with V8's default flags, shown but not judged", false)
    .action(async (named: string[], given: MeasuringOptions & { jit: boolean; base?: string }) => {
      const { scenarios, options } = await withConfig(named, given, surroundings.cwd());
      const { gate } = await import('../gate.ts');
      done(
        await gate(
          {
            ...requestOf(scenarios, options, args),
            ...(options.base !== undefined && { base: options.base }),
            jit: options.jit ? 'every' : 'none',
            name: 'run',
            png: false,
          },
          surroundings,
        ),
      );
    });
}
