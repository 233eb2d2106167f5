import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Dispenser } from '../../corefile/dispenser.ts';
import { parseDuration } from '../../corefile/duration.ts';
import { zoneArguments } from '../../corefile/zone-arguments.ts';
import type { Controller } from '../../plugin.ts';
import type { Name } from '../../zone/record.ts';
import { OriginPattern } from './origin.ts';

export interface AutoOptions {
  /** Zones that are answered for; others in the directory are loaded but never asked. */
  readonly origins: readonly Name[];
  /** Absolute; empty when the option is missing, and then nothing is ever found. */
  readonly directory: string;
  readonly pattern: OriginPattern;
  /** Milliseconds between two walks, and between two looks at one zone's file; 0: never again. */
  readonly reload: number;
}

const DEFAULT_RELOAD = 60_000;

/** Reads every `auto` of a block; where they differ, the last one counts, except that their zones add up. */
export function parseOptions({ tokens, zones, block, log }: Controller): AutoOptions {
  const origins: Name[] = [];
  let read: Properties = { directory: '', pattern: new OriginPattern(), reload: DEFAULT_RELOAD };
  while (tokens.next()) {
    const names = zoneArguments(tokens.remainingArgs());
    origins.push(...(names.length > 0 ? names : zones));
    while (tokens.nextBlock()) read = { ...read, ...parseProperty(tokens, block.root) };
  }
  if (read.directory !== '' && !existsSync(read.directory)) {
    log('warning', `plugin/auto: Directory does not exist: ${read.directory}`);
  }
  return { ...read, origins };
}

/** What the block of the directive sets. */
type Properties = Omit<AutoOptions, 'origins'>;

function parseProperty(tokens: Dispenser, root: string): Partial<Properties> {
  switch (tokens.value) {
    case 'directory': {
      const [directory, regexp, template, ...rest] = tokens.remainingArgs();
      if (directory === undefined || (regexp !== undefined && template === undefined))
        throw tokens.argumentError();
      if (rest.length > 0) throw tokens.argumentError();
      const named = regexp !== undefined && template !== undefined;
      return {
        directory: resolve(root, directory),
        ...(named && { pattern: new OriginPattern(regexp, template) }),
      };
    }
    case 'reload':
      return { reload: parseReload(tokens) };
    case 'upstream':
      tokens.remainingArgs();
      return {};
    default:
      throw tokens.error(`unknown property '${tokens.value}'`);
  }
}

function parseReload(tokens: Dispenser): number {
  const [text] = tokens.remainingArgs();
  if (text === undefined) throw tokens.error('reload duration value is expected');
  const reload = parseDuration(text);
  if (reload < 0) throw tokens.error(`plugin/file: invalid duration: ${text}`);
  return reload;
}
