import type { Dispenser } from '../../corefile/dispenser.ts';
import { parseDuration } from '../../corefile/duration.ts';
import type { Controller } from '../../plugin.ts';
import type { Scope } from '../../scope.ts';
import { type WatchPeriod, watchCorefile } from './watch.ts';

const SECOND = 1000;
const MIN_INTERVAL = 2 * SECOND;
const MIN_JITTER = SECOND;
const DEFAULT_INTERVAL = 30 * SECOND;
const DEFAULT_JITTER = 15 * SECOND;

/** Sets up `reload`; see the README beside this file. One watcher per instance: the last block that has it decides. */
export function setupReload(controller: Controller): void {
  const { tokens, scope } = controller;
  const [period] = parsePeriods(tokens);
  if (period === undefined) return;
  const isFirstBlock = !periods.has(scope);
  periods.set(scope, period);
  if (isFirstBlock) controller.onStarted(() => watchCorefile(controller, periods.get(scope) ?? period));
}

/** Instances are told apart by the scope that owns all they have. */
const periods = new WeakMap<Scope, WatchPeriod>();

/** One for each `reload` of the block; only the first counts. */
function parsePeriods(tokens: Dispenser): WatchPeriod[] {
  const found: WatchPeriod[] = [];
  while (tokens.next()) found.push(parsePeriod(tokens));
  return found;
}

function parsePeriod(tokens: Dispenser): WatchPeriod {
  const [intervalText, jitterText, ...rest] = tokens.remainingArgs();
  if (rest.length > 0) throw tokens.argumentError();
  const interval = intervalText === undefined ? DEFAULT_INTERVAL : parseDuration(intervalText);
  if (interval < MIN_INTERVAL) throw tokens.error('interval value must be greater or equal to 2s');
  const jitter = jitterText === undefined ? DEFAULT_JITTER : parseDuration(jitterText);
  if (jitter !== 0 && jitter < MIN_JITTER)
    throw tokens.error('jitter value must be 0 or greater or equal to 1s');
  return { interval, jitter: Math.min(jitter, interval / 2) };
}
