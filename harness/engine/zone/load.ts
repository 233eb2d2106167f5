import { readFileSync } from 'node:fs';
import { parseMasterFile } from './master-file.ts';
import type { Name } from './record.ts';
import { Zone } from './zone.ts';

/**
 * A new zone from its file.
 * @throws {ZoneFileError} if the file is not a zone that can be served.
 * @throws {Error} the system's, if the file cannot be read.
 */
export function loadZone(origin: Name, path: string): Zone {
  const content = parseMasterFile({ text: readZoneFile(path), origin, path });
  // Only a zone that is in service already can be found unchanged.
  return content === 'unchanged' ? new Zone(origin, path) : new Zone(origin, path, content);
}

/**
 * Zone files are read synchronously on purpose: a load is either done or not begun, so nothing can come between it and the
 * end of its instance, and awaiting each of many small files halves the number of reloads per second.
 */
export function readZoneFile(path: string): string {
  return readFileSync(path, AS_TEXT);
}

/** As an object, of which Node makes no copy at every call. */
const AS_TEXT = { encoding: 'utf8' } as const;
