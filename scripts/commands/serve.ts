import { Option } from 'commander';
import { BUILDS, type BuildName } from '../../harness/engine/builds.ts';
import { port } from '../option-values.ts';
import type { CommandLine } from './command-line.ts';

/** Adds `serve` to the command line. */
export function addServe({ program, surroundings, done }: CommandLine): void {
  program
    .command('serve')
    .description('run the DNS engine alone; SIGUSR1 reloads, SIGTERM and SIGINT stop')
    .requiredOption('--conf <Corefile>', 'configuration')
    .option('--port <n>', 'port of server blocks that name none', port, 53)
    .addOption(new Option('--build <name>', 'engine build').choices(Object.keys(BUILDS)).default('fixed'))
    .action(async (options: { conf: string; port: number; build: BuildName }) => {
      const { serve } = await import('../serve.ts');
      done(await serve(options, surroundings));
    });
}
