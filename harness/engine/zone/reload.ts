import type { Log } from '../log.ts';
import { parseMasterFile, ZoneFileError } from './master-file.ts';
import type { Zone } from './zone.ts';

export interface ReloadInput {
  readonly readFile: (path: string) => string;
  readonly log: Log;
}

/**
 * Reads a zone's file again and swaps its content if the serial differs, higher or lower. A file that cannot be read or parsed
 * is logged and leaves the zone as it is.
 */
export function reloadZone(zone: Zone, { readFile, log }: ReloadInput): 'unchanged' | 'reloaded' | 'failed' {
  const text = readText(zone, readFile, log);
  if (text === undefined) return 'failed';
  try {
    const { origin, path, serial } = zone;
    const expected = serial === undefined ? {} : { expectSerial: serial };
    const content = parseMasterFile({ text, origin, path, readFile, ...expected });
    if (content === 'unchanged') return content;
    zone.replace(content);
    const names = `${JSON.stringify(origin)} in ${JSON.stringify(path)}`;
    log('info', `Successfully reloaded zone ${names} with ${content.serial} SOA serial`);
    return 'reloaded';
  } catch (error) {
    if (!(error instanceof ZoneFileError)) throw error;
    log('error', `Parsing zone ${JSON.stringify(zone.origin)}: ${error.message}`);
    return 'failed';
  }
}

function readText(zone: Zone, readFile: (path: string) => string, log: Log): string | undefined {
  try {
    return readFile(zone.path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log(
      'error',
      `Failed to open zone ${JSON.stringify(zone.origin)} in ${JSON.stringify(zone.path)} for reload: ${reason}`,
    );
    return undefined;
  }
}
