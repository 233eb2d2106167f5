import type { Controller } from '../../plugin.ts';
import { whoami } from './handler.ts';

/** Sets up `whoami`; see the README beside this file. */
export function setupWhoami({ tokens, addPlugin }: Controller): void {
  while (tokens.next()) {
    if (tokens.nextArg()) throw tokens.argumentError();
  }
  addPlugin(() => whoami);
}
