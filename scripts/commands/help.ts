import { UsageError } from '../../harness/errors.ts';
import { didYouMean } from '../../harness/nearest-word.ts';
import type { CommandLine } from './command-line.ts';

/** Adds `help` to the command line: commander's own says nothing of a command that it does not know. */
export function addHelp({ program }: CommandLine): void {
  program.helpCommand(false);
  program
    .command('help')
    .argument('[command]')
    .description('display help for command')
    .action((name: string | undefined) => {
      if (name === undefined) return program.help();
      const command = program.commands.find(known => known.name() === name);
      if (command) return command.help();
      const names = program.commands.map(known => known.name());
      throw new UsageError(
        `Cannot show help as the command must be one of ${names.join(', ')}: current value is "${name}"${didYouMean(name, names)}`,
      );
    });
}
