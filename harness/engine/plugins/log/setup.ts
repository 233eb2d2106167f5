import type { Dispenser } from '../../corefile/dispenser.ts';
import { zoneArguments } from '../../corefile/zone-arguments.ts';
import type { Controller } from '../../plugin.ts';
import { CLASSES, isResponseClass, type ResponseClass } from './class.ts';
import { compileFormat, type Format } from './format.ts';
import { logQueries, type Rule } from './handler.ts';

/** Sets up `log`; see the README beside this file. */
export function setupLog({ tokens, addPlugin, log }: Controller): void {
  const rules: Rule[] = [];
  while (tokens.next()) {
    const { names, format } = readArguments(tokens);
    const classes = readClasses(tokens);
    for (const zone of zoneArguments(names)) rules.push({ zone, format, classes });
  }
  addPlugin(next => logQueries(rules, log, next));
}

/** The last argument is the format if it has a placeholder; the others are names. */
function readArguments(tokens: Dispenser): { names: readonly string[]; format: Format } {
  const args = tokens.remainingArgs();
  const last = args.at(-1);
  const given = last?.includes('{') ? last : undefined;
  const names = given === undefined ? args : args.slice(0, -1);
  return { names: names.length > 0 ? names : ['.'], format: compileFormat(given ?? '{common}') };
}

function readClasses(tokens: Dispenser): ReadonlySet<ResponseClass> {
  const classes = new Set<ResponseClass>();
  while (tokens.nextBlock()) {
    if (tokens.value !== 'class') throw tokens.error(`unknown property '${tokens.value}'`);
    const args = tokens.remainingArgs();
    if (args.length === 0) throw tokens.argumentError();
    for (const arg of args) for (const one of classesNamed(tokens, arg)) classes.add(one);
  }
  return classes.size > 0 ? classes : new Set(CLASSES);
}

function classesNamed(tokens: Dispenser, text: string): readonly ResponseClass[] {
  if (text === 'all') return CLASSES;
  if (!isResponseClass(text)) throw tokens.error(`invalid class: "${text}"`);
  return [text];
}
