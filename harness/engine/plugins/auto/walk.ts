import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { type Log, messageOf } from '../../log.ts';
import { loadZone } from '../../zone/load.ts';
import type { Name } from '../../zone/record.ts';
import type { AutoOptions } from './options.ts';
import type { OriginPattern } from './origin.ts';
import type { AutoZones } from './zones.ts';

/**
 * Goes through the directory once: loads the zones that are new, tells the known ones where their file is now, and removes
 * those whose file is gone. The first file in lexical order that claims an origin has it, even if it cannot be parsed.
 * Synchronous, so a walk cannot overlap the end of its instance (see `loadZone`).
 */
export function walk(
  { directory, pattern }: Pick<AutoOptions, 'directory' | 'pattern'>,
  zones: AutoZones,
  log: Log,
): void {
  const claimed = new Map<Name, string>();
  for (const path of filesUnder(directory, log)) {
    const origin = originOf(path, pattern, log);
    if (origin === undefined) continue;
    const claimant = claimed.get(origin);
    if (claimant !== undefined) {
      log(
        'warning',
        `plugin/auto: Multiple zone files match origin "${origin}": using "${claimant}" instead of "${path}"`,
      );
      continue;
    }
    claimed.set(origin, path);
    const known = zones.get(origin);
    if (known === undefined) load(origin, path, zones, log);
    else known.path = path;
  }
  for (const origin of zones.origins) if (!claimed.has(origin)) remove(origin, zones, log);
}

/**
 * Files in lexical order, folder by folder. Links to files count, links to folders below the first are not entered, and
 * what is neither (a named pipe would block the whole server) is passed over.
 */
function filesUnder(directory: string, log: Log): string[] {
  try {
    const real = realpathSync.native(directory);
    const prefix = real.endsWith(sep) ? real : real + sep;
    const entries = readdirSync(real, { withFileTypes: true }).sort((one, other) =>
      one.name < other.name ? -1 : 1,
    );
    return entries.flatMap(entry => {
      const path = prefix + entry.name;
      if (entry.isDirectory()) return filesUnder(path, log);
      return isFile(entry, path) ? path : [];
    });
  } catch (error) {
    log('warning', `plugin/auto: Failed to walk directory "${directory}": ${messageOf(error)}`);
    return [];
  }
}

/** A link that leads nowhere counts as a file: reading it tells what is wrong. */
function isFile(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return statSync(path).isFile();
  } catch {
    return true;
  }
}

function originOf(path: string, pattern: OriginPattern, log: Log): Name | undefined {
  try {
    return pattern.originOf(path.slice(path.lastIndexOf(sep) + 1));
  } catch (error) {
    log('warning', `plugin/auto: No zone can be named after "${path}": ${messageOf(error)}`);
    return undefined;
  }
}

/** A file that cannot be loaded is tried again at every walk. */
function load(origin: Name, path: string, zones: AutoZones, log: Log): void {
  try {
    zones.add(loadZone(origin, path));
    log('info', `plugin/auto: Inserting zone \`${origin}' from: ${path}`);
  } catch (error) {
    log('warning', `plugin/auto: Failed to load zone "${origin}" from "${path}": ${messageOf(error)}`);
  }
}

function remove(origin: Name, zones: AutoZones, log: Log): void {
  zones
    .remove(origin)
    .catch((error: unknown) => log('error', `plugin/auto: Stopping zone "${origin}": ${messageOf(error)}`));
  log('info', `plugin/auto: Deleting zone \`${origin}'`);
}
