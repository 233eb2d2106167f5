import { resolve } from 'node:path';
import type { Dispenser } from '../../corefile/dispenser.ts';
import { parseDuration } from '../../corefile/duration.ts';
import { zoneArguments } from '../../corefile/zone-arguments.ts';
import type { Controller } from '../../plugin.ts';
import type { Name } from '../../zone/record.ts';

/** One `file` directive. */
export interface FileOptions {
  /** Absolute. */
  readonly path: string;
  readonly origins: readonly Name[];
  /** Milliseconds between two looks at the file; 0: never again. */
  readonly reload: number;
  /** The file's modification time decides whether it is read again, not the serial number in it. */
  readonly byModificationTime: boolean;
  /** Names below these that are not in the zone go on to the next plugin. */
  readonly fallthrough: readonly Name[];
}

const DEFAULT_RELOAD = 60_000;

export function parseOptions({ tokens, zones, block }: Controller): FileOptions[] {
  const files: FileOptions[] = [];
  while (tokens.next()) {
    const [path, ...names] = tokens.remainingArgs();
    if (path === undefined) throw tokens.argumentError();
    let options: FileOptions = {
      path: resolve(block.root, path),
      origins: names.length > 0 ? zoneArguments(names) : zones,
      reload: DEFAULT_RELOAD,
      byModificationTime: false,
      fallthrough: [],
    };
    while (tokens.nextBlock()) options = { ...options, ...parseProperty(tokens) };
    files.push(options);
  }
  return files;
}

function parseProperty(tokens: Dispenser): Partial<FileOptions> {
  const property = tokens.value;
  const args = tokens.remainingArgs();
  switch (property) {
    case 'reload':
      return { reload: parseReload(tokens, args) };
    case 'reload_by_mtime':
      if (args.length > 0) throw tokens.argumentError();
      return { byModificationTime: true };
    case 'fallthrough':
      return { fallthrough: args.length > 0 ? zoneArguments(args) : ['.'] };
    case 'upstream':
      return {};
    default:
      throw tokens.error(`unknown property '${property}'`);
  }
}

function parseReload(tokens: Dispenser, [text, ...rest]: readonly string[]): number {
  if (text === undefined || rest.length > 0) throw tokens.argumentError();
  const reload = parseDuration(text);
  if (reload < 0) throw tokens.error(`invalid duration: ${text}`);
  return reload;
}
