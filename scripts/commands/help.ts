import { oneOf } from '../one-of.ts';
import type { CommandLine } from './command-line.ts';

/** Adds `help` to the command line: commander's own says nothing of a command that it does not know. */
export function addHelp({ program }: CommandLine): void {
  program.helpCommand(false);
  program
    .command('help')
    .argument('[command...]')
    .description('display help for command')
    .action((path: readonly string[]) => {
      let command = program;
      for (const name of path) {
        const names = command.commands.map(known => known.name());
        if (names.length === 0) break;
        const found = oneOf(names, name, 'show help as the command');
        command = command.commands.find(known => known.name() === found) ?? command;
      }
      command.help();
    });
}
