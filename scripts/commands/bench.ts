import { withConfig } from '../config/apply-config.ts';
import { DETECTOR_NAMES } from '../detectors/index.ts';
import type { DetectorsRequest } from '../detectors.ts';
import { type MeasuringOptions, measuring, requestOf } from '../measuring-options.ts';
import { ages, count, names, shard } from '../option-values.ts';
import { DEFAULT_AGES } from '../timings.ts';
import type { CommandLine } from './command-line.ts';

/** Adds `bench` to the command line. */
export function addBench({ program, args, surroundings, done }: CommandLine): void {
  const benchmark = measuring(program.command('bench'))
    .description(
      "every scenario and build, the first once more with V8's default flags (shown, not judged), growth tables, charts; of leakgate's own engine timings, too",
    )
    .enablePositionalOptions()
    .option('--shard <index/count>', 'run only this part of the plan, for leakgate merge', shard)
    .option(
      '--ages <n,n...>',
      `reloads of leakgate's engine before each timing, at least (${DEFAULT_AGES.join(',')}): timing takes some hundred itself`,
      ages,
    )
    .action(async (named: string[], given: MeasuringOptions & { ages?: number[] }) => {
      const { scenarios, options } = await withConfig(named, given, surroundings.cwd(), []);
      const request = requestOf(scenarios, options, args);
      const { bench } = await import('../bench.ts');
      done(await bench({ ...request, ...(options.ages && { ages: options.ages }) }, surroundings));
    });

  benchmark
    .command('detectors')
    .description('a corpus of leaks and decoys, judged by leakgate and by other leak detectors')
    .argument('[corpus]', "folder with leaks/ and decoys/ (default: leakgate's own, in a checkout)")
    .option('--only <names>', 'only these cases, parted by commas', names, [])
    .option('--detectors <names>', `only these of ${DETECTOR_NAMES.join(', ')}`, names, [])
    .option('--jobs <n>', 'cases at once', count, 2)
    .option('--out <folder>', 'folder for the results (default: a new one under out/)')
    .option('--json', 'print only JSON', false)
    .action(async (corpus: string | undefined, options: Omit<DetectorsRequest, 'corpus' | 'command'>) => {
      const request = { ...options, ...(corpus !== undefined && { corpus }), command: args };
      const { detectors } = await import('../detectors.ts');
      done(await detectors(request, surroundings));
    });
}
