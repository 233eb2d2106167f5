import type { Controller } from '../../plugin.ts';
import { serveZones } from './handler.ts';
import { parseOptions } from './options.ts';
import { walk } from './walk.ts';
import { AutoZones } from './zones.ts';

/** Sets up `auto`; see the README beside this file. */
export function setupAuto(controller: Controller): void {
  const { scope, log } = controller;
  const options = parseOptions(controller);
  const zones = new AutoZones(scope, options.reload, log);
  controller.onStartup(() => {
    if (options.directory === '') {
      log('warning', 'plugin/auto: No directory is given, so that no zone is ever found');
      return;
    }
    // Before the zones' own timers, so that a file is found to have moved or gone before anybody misses it.
    if (options.reload > 0) scope.every('auto:walk', options.reload, () => walk(options, zones, log));
    walk(options, zones, log);
  });
  scope.defer('auto:zones', () => zones.close());
  controller.addPlugin(next =>
    serveZones(zones, { origins: options.origins, resolve: controller.resolve, next }),
  );
}
