import type { Dispenser } from '../../corefile/dispenser.ts';
import { parseDuration } from '../../corefile/duration.ts';
import type { LogLevel } from '../../log.ts';
import type { Controller } from '../../plugin.ts';
import { Consolidation, type ConsolidationRule } from './consolidation.ts';
import { logErrors } from './handler.ts';

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warning', 'error'];

/** Sets up `errors`; see the README beside this file. */
export function setupErrors({ tokens, scope, log, addPlugin }: Controller): void {
  const rules: ConsolidationRule[] = [];
  let uses = 0;
  while (tokens.next()) {
    if (++uses > 1) throw tokens.error('this plugin can only be used once per Server Block');
    if (tokens.remainingArgs().length > 0) throw tokens.argumentError();
    while (tokens.nextBlock()) rules.push(parseRule(tokens));
  }
  const consolidations = rules.map(rule => new Consolidation(rule, scope, log));
  addPlugin(next => logErrors(consolidations, log, next));
}

function parseRule(tokens: Dispenser): ConsolidationRule {
  if (tokens.value !== 'consolidate') throw tokens.error(`unknown property '${tokens.value}'`);
  const [periodText, patternText, levelText = 'error', ...rest] = tokens.remainingArgs();
  if (periodText === undefined || patternText === undefined || rest.length > 0) throw tokens.argumentError();
  const level = LEVELS.find(one => one === levelText);
  if (level === undefined)
    throw tokens.error(`unknown log level argument in consolidate option: ${levelText}`);
  const period = parseDuration(periodText);
  if (period <= 0) throw tokens.error(`consolidate duration must be positive: ${periodText}`);
  return { period, pattern: new RegExp(patternText), level };
}
