import { oneOf } from '../one-of.ts';
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
      const names = program.commands.map(known => known.name());
      const found = oneOf(names, name, 'show help as the command');
      return program.commands.find(known => known.name() === found)?.help();
    });
}
