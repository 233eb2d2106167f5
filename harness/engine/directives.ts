import type { Directive } from './plugin.ts';
import { setupAuto } from './plugins/auto/setup.ts';
import { setupBind } from './plugins/bind/setup.ts';
import { setupErrors } from './plugins/errors/setup.ts';
import { setupFile } from './plugins/file/setup.ts';
import { setupLog } from './plugins/log/setup.ts';
import { setupReload } from './plugins/reload/setup.ts';
import { setupRoot } from './plugins/root/setup.ts';
import { setupWhoami } from './plugins/whoami/setup.ts';

/**
 * Every directive there is. The order here, not the one in a Corefile, is the order of set-ups and of handlers in a chain;
 * it is CoreDNS's own order.
 */
export const DIRECTIVES: readonly Directive[] = [
  { name: 'root', setup: setupRoot },
  { name: 'reload', setup: setupReload },
  { name: 'bind', setup: setupBind },
  { name: 'errors', setup: setupErrors },
  { name: 'log', setup: setupLog },
  { name: 'file', setup: setupFile },
  { name: 'auto', setup: setupAuto },
  { name: 'whoami', setup: setupWhoami },
];
