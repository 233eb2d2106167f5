import { statSync } from 'node:fs';
import type { Log } from '../../log.ts';
import type { Scope } from '../../scope.ts';
import { readZoneFile } from '../../zone/load.ts';
import { reloadZone } from '../../zone/reload.ts';
import { Zone } from '../../zone/zone.ts';
import type { FileZone } from './handler.ts';

/** Looks at the zone's file again and again until the scope is closed. */
export function keepFresh(
  { zone, read, options: { reload, byModificationTime } }: FileZone,
  scope: Scope,
  log: Log,
): void {
  const input = { readFile: readZoneFile, log };
  if (!byModificationTime) {
    scope.every('zone:reload', reload, () => reloadZone(zone, input));
    return;
  }
  let known = zone.content === undefined ? NEVER : read;
  scope.every('zone:reload', reload, () => {
    const found = modificationTime(zone.path);
    if (found <= known) return;
    // A zone without a serial takes whatever the file has.
    const fresh = new Zone(zone.origin, zone.path);
    if (reloadZone(fresh, input) === 'failed' || fresh.content === undefined) return;
    known = found;
    zone.replace(fresh.content);
  });
}

/** Older than any file. */
const NEVER = 0;

/** Milliseconds since 1970. A file that is not there is as good as unchanged: what was loaded goes on being served. */
export function modificationTime(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return NEVER;
  }
}
