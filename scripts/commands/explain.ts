import type { Parameters } from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { withScenarios } from '../config/apply-config.ts';
import { collect, count, numberFor } from '../option-values.ts';
import { addSettings, addTrialFlags, type FlagOptions, overridesOf } from '../trial-flags.ts';
import type { CommandLine } from './command-line.ts';

const FLAGS = ['warmup', 'deadline'] as const;

interface ExplainOptions extends FlagOptions<(typeof FLAGS)[number]> {
  build: string[];
  iterations?: number;
  set: Parameters;
  allocationStacks: boolean;
  keepSnapshots: boolean;
  out?: string;
  json: boolean;
  config?: string;
}

/** Adds `explain` to the command line. */
export function addExplain({ program, args, surroundings, done }: CommandLine): void {
  const { warmup } = DEFAULT_OPTIONS;
  const command = program
    .command('explain')
    .description('who holds what a build keeps, and where it was created; run says whether it leaks')
    .argument('[scenario...]', 'names (see list) or paths of scenario modules')
    .option('--build <name>', 'this build (default: those that should leak, else the first)', collect, [])
    .option('--iterations <n>', 'iterations looked at (default: until enough is kept)', count)
    .option(
      '--warmup <n>',
      `iterations before that; twice as many without --iterations (${warmup})`,
      numberFor('warmup'),
    );
  addSettings(addTrialFlags(command, ['deadline']))
    .option(
      '--allocation-stacks',
      'also say where objects were allocated, of which newer Node notes a part; several times slower',
      false,
    )
    .option('--keep-snapshots', 'keep the heap snapshots, for Chrome DevTools', false)
    .option('--out <folder>', 'folder for the results (default: a new one under out/)')
    .option('--config <path>', 'configuration file (default: leakgate.config.{ts,mjs,json} found upward)')
    .option('--json', 'print only JSON', false)
    .action(async (named: string[], given: ExplainOptions) => {
      const { scenarios, options } = await withScenarios(named, given, surroundings.cwd());
      const { iterations, out } = options;
      const { explain } = await import('../explain.ts');
      done(
        await explain(
          {
            scenarios,
            builds: options.build,
            ...(iterations !== undefined && { iterations }),
            parameters: options.set,
            overrides: overridesOf(options, FLAGS),
            allocationStacks: options.allocationStacks,
            keepSnapshots: options.keepSnapshots,
            ...(out !== undefined && { out }),
            json: options.json,
            command: args,
          },
          surroundings,
        ),
      );
    });
}
