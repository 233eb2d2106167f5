import { InvalidArgumentError } from 'commander';
import {
  CERTIFIED_KINDS,
  type CertifiedKind,
  type GivenOptions,
  type Parameters,
  type TrialOptions,
} from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { withScenarios } from '../config/apply-config.ts';
import { onlyScenario } from '../config/named-scenarios.ts';
import {
  amount,
  assign,
  collect,
  count,
  duration,
  names,
  repetitionCount,
  wholeFor,
} from '../option-values.ts';
import type { CommandLine } from './command-line.ts';

interface CertifyOptions
  extends Partial<Pick<TrialOptions, 'iterations' | 'maxIterations' | 'budget' | 'allowance' | 'seed'>> {
  build: string[];
  kinds?: CertifiedKind[];
  repetitions: number;
  set: Parameters;
  option: Parameters;
  jobs?: number;
  out?: string;
  json: boolean;
  config?: string;
}

/** Runs at a size before it counts as caught: as many as end within some minutes. */
const REPETITIONS = 3;

/** Adds `certify` to the command line. */
export function addCertify({ program, args, surroundings, done }: CommandLine): void {
  const { iterations, budget, allowance, seed } = DEFAULT_OPTIONS;
  program
    .command('certify')
    .description('plant leaks of known size and say which are caught here: some minutes')
    .argument('[scenario]', 'name (see list), path, or pattern that matches one file')
    .option(
      '--build <name>',
      'this build; may be given again (default: those that should be steady)',
      collect,
      [],
    )
    .option('--kinds <names>', `only these of ${CERTIFIED_KINDS.join(', ')}`, kinds)
    .option('--repetitions <n>', 'runs at a size before it counts as caught', repetitionCount, REPETITIONS)
    .option(
      '--iterations <n>',
      `measured iterations at least (${iterations}, or the scenario's)`,
      wholeFor('iterations'),
    )
    .option(
      '--max-iterations <n>',
      'double a trial in doubt up to this many, beside what whole windows take (16 times iterations; 32 while open)',
      wholeFor('maxIterations'),
    )
    .option(
      '--budget <time>',
      `and while it is expected to end within this time (${budget / 1000}s; 0: never)`,
      duration,
    )
    .option('--allowance <bytes>', `heap growth per iteration that is accepted (${allowance})`, amount)
    .option('--seed <n>', `seed of everything random (${seed})`, amount)
    .option('--set <name=value>', 'a size or setting of the scenario; may be given again', assign, {})
    .option('--option <name=value>', 'any other option of a trial (see list); may be given again', assign, {})
    .option('--jobs <n>', 'trials at once (default: one per core)', count)
    .option('--out <folder>', 'folder for the results (default: a new one under out/)')
    .option('--config <path>', 'configuration file (default: leakgate.config.{ts,mjs,json} found upward)')
    .option('--json', 'print only JSON', false)
    .action(async (named: string | undefined, given: CertifyOptions) => {
      const cwd = surroundings.cwd();
      const { scenarios, options } = await withScenarios(named === undefined ? [] : [named], given, cwd);
      const { certify } = await import('../certify.ts');
      const { build: builds, set: parameters, repetitions, json, jobs, out } = options;
      const { kinds: wanted = CERTIFIED_KINDS } = options;
      const request = {
        scenario: onlyScenario(scenarios),
        builds,
        parameters,
        repetitions,
        json,
        kinds: wanted,
      };
      done(
        await certify(
          {
            ...request,
            overrides: overridesOf(options),
            ...(jobs !== undefined && { jobs }),
            ...(out !== undefined && { out }),
            command: args,
          },
          surroundings,
        ),
      );
    });
}

function overridesOf(options: CertifyOptions): GivenOptions {
  const { option, iterations, maxIterations, budget, allowance, seed } = options;
  return {
    ...(option as GivenOptions),
    ...(iterations !== undefined && { iterations }),
    ...(maxIterations !== undefined && { maxIterations }),
    ...(budget !== undefined && { budget }),
    ...(allowance !== undefined && { allowance }),
    ...(seed !== undefined && { seed }),
  };
}

function kinds(text: string): CertifiedKind[] {
  return names(text).map(name => {
    const kind = CERTIFIED_KINDS.find(known => known === name);
    if (kind) return kind;
    throw new InvalidArgumentError(`Each must be one of ${CERTIFIED_KINDS.join(', ')}.`);
  });
}
