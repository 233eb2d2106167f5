import { formatDuration } from '../../corefile/duration.ts';
import { type Log, messageOf } from '../../log.ts';
import type { Controller } from '../../plugin.ts';
import { loadZone } from '../../zone/load.ts';
import { ZoneFileError } from '../../zone/master-file.ts';
import type { Name } from '../../zone/record.ts';
import { Zone } from '../../zone/zone.ts';
import { type FileZone, serveFiles } from './handler.ts';
import { type FileOptions, parseOptions } from './options.ts';
import { keepFresh, modificationTime } from './refresh.ts';

/**
 * Sets up `file`; see the README beside this file. An origin that is named twice is served, and looked after, once: from
 * the file named last.
 */
export function setupFile(controller: Controller): void {
  const { scope, log } = controller;
  const zones = new Map<Name, FileZone>();
  for (const options of parseOptions(controller)) {
    for (const origin of options.origins) {
      // First: what is changed while it is being read counts as changed later.
      const read = modificationTime(options.path);
      zones.set(origin, { zone: open(origin, options, log), read, options });
    }
  }
  controller.onStartup(() => {
    for (const file of zones.values()) if (file.options.reload > 0) keepFresh(file, scope, log);
  });
  controller.addPlugin(next => serveFiles(zones, controller.resolve, next));
}

/** A file that cannot be read now may come later, if anybody is going to look; any other trouble ends the start. */
function open(origin: Name, { path, reload }: FileOptions, log: Log): Zone {
  try {
    return loadZone(origin, path);
  } catch (error) {
    if (reload === 0 || error instanceof ZoneFileError) throw error;
    const retry = `trying again in ${formatDuration(reload)}`;
    log('warning', `plugin/file: Failed to open "${path}": ${retry}: ${messageOf(error)}`);
    return new Zone(origin, path);
  }
}
