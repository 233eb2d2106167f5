import { InvalidArgumentError } from 'commander';
import { CERTIFIED_KINDS, type CertifiedKind, type Parameters } from '../../harness/model.ts';
import { withScenarios } from '../config/apply-config.ts';
import { onlyScenario } from '../config/named-scenarios.ts';
import { collect, count, names, repetitionCount } from '../option-values.ts';
import { addSettings, addTrialFlags, type FlagOptions, overridesOf } from '../trial-flags.ts';
import type { CommandLine } from './command-line.ts';

const FLAGS = ['iterations', 'maxIterations', 'budget', 'allowance', 'seed'] as const;

interface CertifyOptions extends FlagOptions<(typeof FLAGS)[number]> {
  build: string[];
  kinds?: CertifiedKind[];
  repetitions: number;
  set: Parameters;
  jobs?: number;
  out?: string;
  json: boolean;
  config?: string;
}

/** Runs at a size before it counts as caught: as many as end within some minutes. */
const REPETITIONS = 3;

/** Adds `certify` to the command line. */
export function addCertify({ program, args, surroundings, done }: CommandLine): void {
  const command = program
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
    .option('--repetitions <n>', 'runs at a size before it counts as caught', repetitionCount, REPETITIONS);
  addSettings(addTrialFlags(command, FLAGS))
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
            overrides: overridesOf(options, FLAGS),
            ...(jobs !== undefined && { jobs }),
            ...(out !== undefined && { out }),
            command: args,
          },
          surroundings,
        ),
      );
    });
}

function kinds(text: string): CertifiedKind[] {
  return names(text).map(name => {
    const kind = CERTIFIED_KINDS.find(known => known === name);
    if (kind) return kind;
    throw new InvalidArgumentError(`Each must be one of ${CERTIFIED_KINDS.join(', ')}.`);
  });
}
