import { dirname, isAbsolute, join } from 'node:path';
import { type OpenFile, setOrigin } from './entry-context.ts';
import type { Fields } from './rdata/fields.ts';
import { parseName } from './rdata/names.ts';
import type { Name } from './record.ts';

/** As in CoreDNS. */
const MAX_DEPTH = 7;
/** Files that one zone may include, however it nests them. */
export const MAX_INCLUDES = 1000;

/**
 * Opens the file that `$INCLUDE FILE [ORIGIN]` names, relative to the file that names it (RFC 1035 section 5.1). What the
 * included file sets (origin, owner, TTL) ends with it.
 * @throws {ZoneFileError} if the file cannot be read, or for too many includes.
 */
export function openInclude(file: OpenFile, fields: Fields): OpenFile {
  const { position } = fields;
  const given = fields.next()?.text;
  if (given === undefined) throw fields.error('expecting $INCLUDE value, not this...', position);
  const origin = readOrigin(fields);
  if (fields.peek() !== undefined) throw fields.error('garbage after $INCLUDE');
  if (file.depth >= MAX_DEPTH) throw fields.error('too deeply nested $INCLUDE', position);
  if (file.load.includesLeft === 0) throw fields.error(`more than ${MAX_INCLUDES} files included`, position);
  file.load.includesLeft -= 1;
  const path = isAbsolute(given) ? given : join(dirname(file.source.path), given);
  const context = { ...file.context };
  if (origin !== undefined) setOrigin(context, origin);
  return { source: { path, text: read(path) }, context, load: file.load, depth: file.depth + 1 };

  function read(target: string): string {
    try {
      return file.load.readFile(target);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw fields.error(`failed to open \`${target}', ${reason}`, position);
    }
  }
}

function readOrigin(fields: Fields): Name | undefined {
  if (fields.peek() === undefined) return undefined;
  const { position } = fields;
  const origin = parseName(fields.word() ?? '', fields.origin);
  if (origin === undefined) throw fields.error('bad origin name', position);
  return origin;
}
